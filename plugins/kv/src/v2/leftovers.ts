import type { Storage } from "@vaultwright/core";
import type { Engine } from "./engine.ts";

/** What remained after an attempt to delete values for good, and why. */
export interface Remaining {
  readonly versions: readonly number[];
  readonly error?: Error;
}

/** Deletes the values of versions for good, as many as it can, the oldest first. */
export async function deleteValues(
  { secrets }: Engine,
  storage: Storage,
  key: string,
  versions: readonly number[],
): Promise<Remaining> {
  for (const [index, version] of versions.entries()) {
    try {
      await secrets.deleteValue(storage, key, version);
    } catch (thrown) {
      // Whoever asked decides whether that is a failure; what could not be deleted is tried again by the next write.
      return { versions: versions.slice(index), error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
    }
  }
  return { versions: [] };
}
