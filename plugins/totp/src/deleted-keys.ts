import { type Entries, entries, type Locks, type Storage } from "@vaultwright/core";
import { keyUses, useAt } from "./key-use.ts";
import { keys } from "./keys.ts";

/** Deleted keys whose last codes are still remembered. */
interface DeletedKey {
  /** When nothing of it needs to be remembered, in seconds since 1970. */
  readonly expires: number;
}

/** The deleted keys by their names. */
export const deletedKeys: Entries<DeletedKey> = entries<DeletedKey>("deleted/");

/** Deletes a key, and what is known of its use unless that still counts. Nothing else may work on the key meanwhile. */
export async function deleteKey(storage: Storage, name: string, time: number): Promise<void> {
  const stored = await keyUses.get(storage, name);
  const { accepted, wrong } = useAt(stored, time);
  const times = [...accepted, ...(wrong ? [wrong] : [])].map(({ expires }) => expires);
  if (times.length > 0) await deletedKeys.put(storage, name, { expires: Math.max(...times) });
  else if (stored) await keyUses.delete(storage, name);
  await keys.delete(storage, name);
}

/** Forgets the use of deleted keys whose time is over, and of those that were made again only that they were deleted. */
export async function forgetDeletedKeys(storage: Storage, locks: Locks, time: number): Promise<void> {
  for (const name of await deletedKeys.list(storage))
    await locks.exclusive(name, async () => {
      const isBack = (await keys.get(storage, name)) !== undefined;
      const deleted = await deletedKeys.get(storage, name);
      if (!isBack && deleted && deleted.expires > time) return;
      if (!isBack) await keyUses.delete(storage, name);
      await deletedKeys.delete(storage, name);
    });
}
