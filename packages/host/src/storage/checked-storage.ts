import {
  type HostKind,
  type Page,
  type Storage,
  StorageError,
  type TransactionOptions,
} from "@vaultwright/core/launch";

/** The calls of a storage, on keys that were found to be good. */
export interface CheckedCalls {
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  delete(key: string): void;
  list(prefix: string, page?: Page): string[];
  transaction<T>(work: (storage: Storage) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** Puts a product's rules for keys before the calls of a storage, none of which is made for who has given up. */
export function checkedStorage(kind: HostKind, calls: CheckedCalls): Storage {
  const check = (key: string, options?: { readonly signal?: AbortSignal }): void => {
    options?.signal?.throwIfAborted();
    if (isRelative[kind](key)) throw new StorageError("relative paths not supported");
    if (key.startsWith("/")) throw new StorageError("a storage key must not start with a slash");
  };
  return {
    async get(key, options) {
      check(key, options);
      const value = calls.get(key);
      return value === undefined ? undefined : { key, value };
    },
    async put({ key, value }, options) {
      check(key, options);
      calls.put(key, value);
    },
    async delete(key, options) {
      check(key, options);
      calls.delete(key);
    },
    async list(prefix, options) {
      check(prefix, options);
      return calls.list(prefix, options);
    },
    transaction: calls.transaction,
  };
}

/** Vault looks for the dots anywhere, OpenBao for whole segments of them. */
const isRelative: Readonly<Record<HostKind, (key: string) => boolean>> = {
  vault: (key) => key.includes(".."),
  openbao: (key) => key.split("/").some((segment) => segment === "." || segment === ".."),
};
