import type { Context } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { keyOf } from "../key.ts";
import { deleteValues } from "../leftovers.ts";
import { sendEvent } from "../notify.ts";
import { type Secret, versionNumbers, versionOf } from "../secret.ts";

/**
 * Deletes a secret with all of its values. While values have records of their own, the key keeps a record that only names
 * them, so that an interruption leaves nothing that nobody knows of.
 */
export async function deleteSecret(engine: Engine, context: Context<{ readonly path: string }>): Promise<void> {
  const { locks, secrets } = engine;
  const { fields, signal, storage } = context;
  const key = keyOf(fields.path);
  const work = async () => {
    const { secret, leftovers: known = [] } = await secrets.get(storage, key);
    const values = secret ? versionNumbers(secret).filter((number) => !versionOf(secret, number)?.isDestroyed) : [];
    const leftovers = [...new Set([...known, ...values])];
    if (!secret && leftovers.length === 0) return;
    if (secret && !isWhole(secret, leftovers)) await secrets.put(storage, key, { leftovers });
    const { error } = await deleteValues(engine, storage, key, leftovers);
    if (error) throw error;
    await secrets.delete(storage, key);
    if (!secret) return;
    sendEvent(context, { operation: "metadata-delete", path: `metadata/${key}` });
    observe(context, "kvv2/metadata/delete");
  };
  await locks.exclusive(key, work, { signal });
}

/** Whether a secret has no value outside of its record but perhaps a copy of that which is within it. */
function isWhole({ inline, currentVersion }: Secret, values: readonly number[]): boolean {
  return values.every((number) => inline && number === currentVersion);
}
