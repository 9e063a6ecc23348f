import type { Context } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { keyOf } from "../key.ts";
import { sendEvent } from "../notify.ts";
import { removeSecret } from "../remove-secret.ts";

/** Deletes a secret with all of its versions; one that is not there is no failure. */
export async function deleteSecret(engine: Engine, context: Context<{ readonly path: string }>): Promise<void> {
  const { fields, signal, storage } = context;
  const key = keyOf(fields.path);
  const work = async () => {
    const stored = await engine.secrets.get(storage, key);
    // A record without a secret is what an interrupted deletion has left.
    if (!stored.secret && !stored.leftovers) return;
    await removeSecret(engine, storage, key, stored);
    if (!stored.secret) return;
    sendEvent(context, { operation: "metadata-delete", path: `metadata/${key}` });
    observe(context, "kvv2/metadata/delete");
  };
  await engine.locks.exclusive(key, work, { signal });
}
