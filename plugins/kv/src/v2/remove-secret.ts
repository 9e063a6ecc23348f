import type { Storage } from "@vaultwright/core";
import type { Engine } from "./engine.ts";
import { deleteValues } from "./leftovers.ts";
import { type Secret, versionNumbers, versionOf } from "./secret.ts";
import type { StoredSecret } from "./secrets.ts";

/**
 * Removes a secret with all of its values. While values may have records of their own, the key keeps a record that only
 * names them, so that an interruption leaves nothing that nobody knows of. The caller holds the key's lock.
 */
export async function removeSecret(
  engine: Engine,
  storage: Storage,
  key: string,
  { secret, leftovers: known = [] }: StoredSecret,
): Promise<void> {
  const leftovers = [...new Set([...known, ...(secret?.hasValueRecords ? recordsOf(secret) : [])])];
  if (secret && leftovers.length > 0) await engine.secrets.put(storage, key, { leftovers });
  const { error } = await deleteValues(engine, storage, key, leftovers);
  if (error) throw error;
  await engine.secrets.delete(storage, key);
}

/** The versions of a secret that have values. */
export function valuesOf(secret: Secret): readonly number[] {
  return versionNumbers(secret).filter((number) => !versionOf(secret, number)?.isDestroyed);
}

/** Where values of a secret may have records: also at the version that a write was interrupted before it made it. */
function recordsOf(secret: Secret): readonly number[] {
  return [...valuesOf(secret), secret.currentVersion + 1];
}
