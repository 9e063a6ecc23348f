import { type Storage, StorageError } from "@vaultwright/core/launch";
import type { Store } from "./store.ts";

/** Makes the storage of one mount: a space of the store for itself. */
export function createMountStorage(store: Store, space: string): Storage {
  const storage: Storage = {
    async get(key, options) {
      options?.signal?.throwIfAborted();
      checkKey(key);
      const value = store.get(space, key);
      return value === undefined ? undefined : { key, value };
    },
    async put({ key, value }, options) {
      options?.signal?.throwIfAborted();
      checkKey(key);
      store.put(space, key, value);
    },
    async delete(key, options) {
      options?.signal?.throwIfAborted();
      checkKey(key);
      store.delete(space, key);
    },
    async list(prefix, options) {
      options?.signal?.throwIfAborted();
      checkKey(prefix);
      return store.list(space, prefix, options);
    },
    // Vault has no transactions, and this host stands in for Vault.
    transaction: (work) => work(storage),
  };
  return storage;
}

function checkKey(key: string): void {
  if (key.includes("..")) throw new StorageError("relative paths not supported");
  if (key.startsWith("/")) throw new StorageError("a storage key must not start with a slash");
}
