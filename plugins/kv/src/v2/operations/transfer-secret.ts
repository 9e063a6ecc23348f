import {
  type Context,
  type Response,
  respondWithStatus,
  type Storage,
  stringifyJson,
  UserError,
} from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { keyToWrite } from "../key.ts";
import { deleteValues } from "../leftovers.ts";
import { sendEvent } from "../notify.ts";
import { removeSecret, valuesOf } from "../remove-secret.ts";
import type { Secret } from "../secret.ts";

/** What a copy and a move say of themselves. */
export interface TransferFields {
  readonly path: string;
  readonly destination: string;
}

/**
 * Copies or moves a secret with all of its versions and its metadata to a place where none is. One that was interrupted goes
 * on when it is asked for again, because the place then holds nothing or the very same secret.
 */
export async function transferSecret(
  engine: Engine,
  context: Context<TransferFields>,
  operation: "copy" | "move",
): Promise<Response | undefined> {
  const { locks, secrets } = engine;
  const { fields, request, signal, storage } = context;
  const source = keyToWrite(fields.path);
  const destination = keyToWrite(fields.destination);
  if (source === destination) throw new UserError("source and destination are the same");
  const work = async () => {
    const stored = await secrets.get(storage, source);
    const { secret } = stored;
    if (!secret) return respondWithStatus(request, 404);
    await storage.transaction(async (inside) => {
      await copySecret(engine, inside, { source, destination, secret });
      if (operation === "move") await removeSecret(engine, inside, source, stored);
    });
    sendEvent(context, { operation, path: `${operation}/${source}`, dataPath: `data/${destination}`, secret });
    return undefined;
  };
  return locks.exclusive([source, destination], work, { signal });
}

interface Copy {
  readonly source: string;
  readonly destination: string;
  readonly secret: Secret;
}

async function copySecret(engine: Engine, storage: Storage, { source, destination, secret }: Copy): Promise<void> {
  const { secrets } = engine;
  const found = await secrets.get(storage, destination);
  if (found.secret) {
    if (stringifyJson(found.secret) === stringifyJson(secret)) return;
    throw new UserError("there is a secret at the destination already");
  }
  const { error } = await deleteValues(engine, storage, destination, found.leftovers ?? []);
  if (error) throw error;
  const separate = valuesOf(secret).filter((number) => !Object.hasOwn(secret.values, number));
  // Noted before they come, so that an interruption leaves nothing that nobody knows of.
  if (separate.length > 0) await secrets.put(storage, destination, { leftovers: separate });
  for (const number of separate)
    await secrets.putValue(storage, destination, number, await secrets.getValue(storage, source, secret, number));
  await secrets.put(storage, destination, { secret });
}
