import { relativePath, StorageError } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Page, Storage, StorageEntry, TransactionOptions } from "../logical/storage.ts";
import type { HostKind } from "../logical/system-view.ts";
import { childrenOf } from "./children.ts";
import { interceptedStorage } from "./intercepted-storage.ts";

/** What sets one storage in memory apart from another. */
export interface MemoryStorageOptions {
  /** The product that it behaves like: OpenBao has transactions, Vault refuses keys with `..` anywhere. */
  readonly host?: HostKind;
}

/** A storage in memory, with what tests need beyond the contract. */
export interface MemoryStorage extends Storage {
  /** All keys, in the order of their bytes. */
  keys(): string[];
  /** Refuses writes from now on as a standby node does, or allows them again. */
  setReadOnly(readOnly: boolean): void;
}

type Values = Map<string, StorageEntry>;

/** What a storage refuses. */
interface Rules {
  /** Why writes are refused, if they are. */
  refusal(): string | undefined;
  isRelative(key: string): boolean;
}

const relativeOn: Readonly<Record<HostKind, (key: string) => boolean>> = {
  vault: (key) => key.includes(".."),
  openbao: (key) => key.split("/").some((part) => part === "." || part === ".."),
};

/** Makes an empty storage in memory. */
export function createMemoryStorage({ host = "vault" }: MemoryStorageOptions = {}): MemoryStorage {
  const values: Values = new Map();
  let refusal: string | undefined;
  const rules: Rules = { refusal: () => refusal, isRelative: relativeOn[host] };
  const storage = view(values, rules);
  return {
    ...storage,
    transaction: (work, options) => (host === "openbao" ? transact(values, rules, work, options) : work(storage)),
    keys: () => [...values.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    setReadOnly(readOnly) {
      refusal = readOnly ? "cannot write to readonly storage" : undefined;
    },
  };
}

function view(values: Values, { refusal, isRelative }: Rules): Storage {
  const check = (key: string, options?: HostCallOptions) => {
    options?.signal?.throwIfAborted();
    if (isRelative(key)) throw new StorageError(relativePath);
  };
  const checkWrite = (key: string, options?: HostCallOptions) => {
    check(key, options);
    const text = refusal();
    if (text !== undefined) throw new StorageError(text);
  };
  const storage: Storage = {
    async get(key, options) {
      check(key, options);
      const found = values.get(key);
      return found && copy(found);
    },
    async put(entry, options) {
      checkWrite(entry.key, options);
      values.set(entry.key, copy(entry));
    },
    async delete(key, options) {
      checkWrite(key, options);
      values.delete(key);
    },
    async list(prefix, options: HostCallOptions & Page = {}) {
      check(prefix, options);
      return childrenOf(values.keys(), prefix, options);
    },
    transaction: (work) => work(storage),
  };
  return storage;
}

/** Works on a copy, and takes over what it wrote unless somebody else changed what it has seen or written. */
async function transact<T>(
  values: Values,
  rules: Rules,
  work: (storage: Storage) => Promise<T>,
  { readOnly = false }: TransactionOptions = {},
): Promise<T> {
  const before = new Map(values);
  const inside = new Map(values);
  const touched = { keys: new Set<string>(), prefixes: new Set<string>() };
  let hasEnded = false;
  const refusal = () => (readOnly ? "transaction is read-only" : rules.refusal());
  const storage = interceptedStorage(view(inside, { ...rules, refusal }), ({ operation, key }) => {
    if (hasEnded) throw new StorageError("transaction has been committed or rolled back");
    (operation === "list" ? touched.prefixes : touched.keys).add(key);
  });
  const result = await work(storage).finally(() => {
    hasEnded = true;
  });
  const written = [...touched.keys].filter((key) => before.get(key) !== inside.get(key));
  if (written.length === 0) return result;
  const isOutdated =
    [...touched.keys].some((key) => before.get(key) !== values.get(key)) ||
    [...touched.prefixes].some(
      (prefix) => !isSame(childrenOf(before.keys(), prefix), childrenOf(values.keys(), prefix)),
    );
  if (isOutdated) throw new StorageError("transaction commit failed");
  for (const key of written) {
    const entry = inside.get(key);
    if (entry) values.set(key, entry);
    else values.delete(key);
  }
  return result;
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, index) => name === others[index]);
}

function copy(entry: StorageEntry): StorageEntry {
  return { ...entry, value: entry.value.slice() };
}
