import type { HostKind, Storage } from "@vaultwright/core/launch";
import { checkedStorage } from "./checked-storage.ts";
import type { Store } from "./store.ts";
import { transact } from "./transaction.ts";

/** What a mount's keys are in, and whose rules hold there. */
export interface MountSpace {
  readonly store: Store;
  readonly name: string;
  readonly kind: HostKind;
}

/** Makes the storage of one mount: a space of the store for itself. */
export function createMountStorage(space: MountSpace): Storage {
  const { store, name, kind } = space;
  const storage = checkedStorage(kind, {
    get: (key) => store.get(name, key),
    put: (key, value) => store.put(name, key, value),
    delete: (key) => store.delete(name, key),
    list: (prefix, page) => store.list(name, prefix, page),
    // Vault has none, so there the work happens on the plain storage, and what it wrote before it failed stays.
    transaction: (work, options) => (kind === "openbao" ? transact(space, work, options) : work(storage)),
  });
  return storage;
}
