import type { Storage } from "../logical/storage.ts";

/** A call of a storage; `begin`, `commit` and `rollback` are those of a transaction and have no key. */
export interface StorageCall {
  readonly operation: "get" | "put" | "delete" | "list" | "begin" | "commit" | "rollback";
  /** The key, or the prefix of a list. */
  readonly key: string;
}

/** Lets a function see each call of a storage before it is made; what the function throws is what the call throws. */
export function interceptedStorage(storage: Storage, before: (call: StorageCall) => Promise<void> | void): Storage {
  return {
    async get(key, options) {
      await before({ operation: "get", key });
      return storage.get(key, options);
    },
    async put(entry, options) {
      await before({ operation: "put", key: entry.key });
      await storage.put(entry, options);
    },
    async delete(key, options) {
      await before({ operation: "delete", key });
      await storage.delete(key, options);
    },
    async list(prefix, options) {
      await before({ operation: "list", key: prefix });
      return storage.list(prefix, options);
    },
    async transaction(work, options) {
      await before({ operation: "begin", key: "" });
      return storage.transaction(async (inside) => {
        const result = await work(interceptedStorage(inside, before)).catch(async (error) => {
          await before({ operation: "rollback", key: "" });
          throw error;
        });
        // What is thrown here makes the storage roll back, as a conflict does.
        await before({ operation: options?.readOnly ? "rollback" : "commit", key: "" });
        return result;
      }, options);
    },
  };
}
