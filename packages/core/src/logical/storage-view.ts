import type { Storage } from "./storage.ts";

/**
 * Gives the part of a storage that lies below a prefix, as a storage of its own: its keys and lists are relative to the
 * prefix. Views of views add their prefixes up, and a transaction of a view is one of the whole storage.
 */
export function storageView(storage: Storage, prefix: string): Storage {
  return {
    async get(key, options) {
      const found = await storage.get(prefix + key, options);
      return found && { ...found, key };
    },
    put: (entry, options) => storage.put({ ...entry, key: prefix + entry.key }, options),
    delete: (key, options) => storage.delete(prefix + key, options),
    list: (folder, options) => storage.list(prefix + folder, options),
    transaction: (work, options) => storage.transaction((inside) => work(storageView(inside, prefix)), options),
  };
}
