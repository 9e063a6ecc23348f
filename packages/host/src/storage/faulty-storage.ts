import { ReadOnlyStorage, type Storage } from "@vaultwright/core/launch";

/** A call of a plugin's storage; `begin`, `commit` and `rollback` are those of a transaction and have no key. */
export interface StorageCall {
  readonly operation: "get" | "put" | "delete" | "list" | "begin" | "commit" | "rollback";
  /** The key, or the prefix of a list. */
  readonly key: string;
}

/** What goes wrong with a storage: it sees each call before it is made, and throws or waits. */
export type StorageFault = (call: StorageCall) => Promise<void> | void;

/** Refuses writes as nodes do that only read. */
export function refuseWrites({ operation }: StorageCall): void {
  if (operation === "put" || operation === "delete") throw new ReadOnlyStorage();
}

/** Puts the faults that are there at the time of a call before a storage. */
export function createFaultyStorage(storage: Storage, fault: () => StorageFault | undefined): Storage {
  const before = (operation: StorageCall["operation"], key = ""): Promise<void> | void => fault()?.({ operation, key });
  return {
    async get(key, options) {
      await before("get", key);
      return storage.get(key, options);
    },
    async put(entry, options) {
      await before("put", entry.key);
      await storage.put(entry, options);
    },
    async delete(key, options) {
      await before("delete", key);
      await storage.delete(key, options);
    },
    async list(prefix, options) {
      await before("list", prefix);
      return storage.list(prefix, options);
    },
    async transaction(work, options) {
      await before("begin");
      return storage.transaction(async (inside) => {
        const result = await work(createFaultyStorage(inside, fault)).catch(async (error) => {
          await before("rollback");
          throw error;
        });
        // What is thrown here makes the storage roll back, as a conflict does.
        await before(options?.readOnly ? "rollback" : "commit");
        return result;
      }, options);
    },
  };
}
