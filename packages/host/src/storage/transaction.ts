import { type Storage, StorageError, type TransactionOptions } from "@vaultwright/core/launch";
import { checkedStorage } from "./checked-storage.ts";
import type { MountSpace } from "./mount-storage.ts";
import { compareBytes, namesBelow, type Snapshot } from "./store.ts";

/**
 * Runs work in a transaction, as OpenBao has them: it sees the storage as it was at its beginning, and its own writes.
 * They happen together at its end, unless something that it has seen or written was changed meanwhile.
 */
export async function transact<T>(
  space: MountSpace,
  work: (storage: Storage) => Promise<T>,
  { readOnly = false }: TransactionOptions = {},
): Promise<T> {
  const snapshot = space.store.snapshot(space.name);
  const written: Writes = new Map();
  const seen = { keys: new Set<string>(), prefixes: new Set<string>() };
  let hasEnded = false;
  const checkOpen = (): void => {
    if (hasEnded) throw new StorageError("transaction has been committed or rolled back");
  };
  const write = (key: string, value: Uint8Array | undefined): void => {
    checkOpen();
    if (readOnly) throw new StorageError("transaction is read-only");
    seen.keys.add(key);
    written.set(key, value);
  };
  const inside = checkedStorage(space.kind, {
    get(key) {
      checkOpen();
      seen.keys.add(key);
      return written.has(key) ? written.get(key)?.slice() : snapshot.get(key);
    },
    put: (key, value) => write(key, value.slice()),
    delete: (key) => write(key, undefined),
    list(prefix, page) {
      checkOpen();
      seen.prefixes.add(prefix);
      return [...namesBelow(withWrites(snapshot.keys(prefix), written), prefix, page)];
    },
    // What is begun within a transaction belongs to it.
    transaction: (inner) => inner(inside),
  });
  try {
    const result = await work(inside);
    if (written.size > 0) commit(space, { snapshot, written, seen });
    return result;
  } finally {
    hasEnded = true;
    snapshot.close();
  }
}

/** Values by their keys; nothing for a key that was deleted. */
type Writes = Map<string, Uint8Array | undefined>;

interface Change {
  readonly snapshot: Snapshot;
  readonly written: Writes;
  readonly seen: { readonly keys: ReadonlySet<string>; readonly prefixes: ReadonlySet<string> };
}

function commit({ store, name }: MountSpace, { snapshot, written, seen }: Change): void {
  store.atomically(() => {
    const hasChanged =
      [...seen.keys].some((key) => !isSameValue(snapshot.get(key), store.get(name, key))) ||
      [...seen.prefixes].some(
        (prefix) => !isSameList([...namesBelow(snapshot.keys(prefix), prefix)], store.list(name, prefix)),
      );
    if (hasChanged) throw new StorageError("transaction commit failed");
    for (const [key, value] of written) {
      if (value === undefined) store.delete(name, key);
      else store.put(name, key, value);
    }
  });
}

function withWrites(keys: readonly string[], written: Writes): readonly string[] {
  if (written.size === 0) return keys;
  const all = new Set(keys);
  for (const [key, value] of written) {
    if (value === undefined) all.delete(key);
    else all.add(key);
  }
  return [...all].sort(compareBytes);
}

function isSameValue(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
