import { compareBytes, namesBelow, type Store } from "./store.ts";

/** Makes a store that forgets everything when the process ends. */
export function createMemoryStore(): Store {
  const spaces = new Map<string, Space>();
  const spaceOf = (name: string): Space => {
    const space = spaces.get(name) ?? { values: new Map(), keys: [], snapshots: new Set() };
    spaces.set(name, space);
    return space;
  };
  return {
    get: (name, key) => spaces.get(name)?.values.get(key)?.slice(),
    put(name, key, value) {
      const space = spaceOf(name);
      remember(space, key);
      if (!space.values.has(key)) space.keys.splice(placeOf(key, space.keys), 0, key);
      space.values.set(key, value.slice());
    },
    delete(name, key) {
      const space = spaceOf(name);
      remember(space, key);
      if (space.values.delete(key)) space.keys.splice(placeOf(key, space.keys), 1);
    },
    list: (name, prefix, page) => [...namesBelow(keysBelow(spaces.get(name)?.keys ?? [], prefix), prefix, page)],
    entries: (name) => [...(spaces.get(name)?.values ?? [])],
    snapshot(name) {
      const space = spaceOf(name);
      const before: Before = new Map();
      space.snapshots.add(before);
      return {
        get: (key) => (before.has(key) ? before.get(key) : space.values.get(key))?.slice(),
        keys: (prefix) => keysBefore(space, before, prefix),
        close: () => void space.snapshots.delete(before),
      };
    },
    clear: (name) => void spaces.delete(name),
    // Nothing of it outlives the process, so there is nothing that a crash could leave half done.
    atomically: (work) => work(),
    close: () => spaces.clear(),
  };
}

/** Values, which nobody changes in place, and their keys in the order of their bytes. */
interface Space {
  readonly values: Map<string, Uint8Array>;
  readonly keys: string[];
  readonly snapshots: Set<Before>;
}

/** What keys had when a snapshot was taken that have changed since then. A snapshot of a large space is as cheap as one of a small. */
type Before = Map<string, Uint8Array | undefined>;

/** Called before a key changes. */
function remember({ values, snapshots }: Space, key: string): void {
  for (const before of snapshots) if (!before.has(key)) before.set(key, values.get(key));
}

function keysBefore({ keys }: Space, before: Before, prefix: string): string[] {
  const unchanged = [...keysBelow(keys, prefix)].filter((key) => !before.has(key));
  const changed = [...before].filter(([key, value]) => value !== undefined && key.startsWith(prefix));
  if (changed.length === 0) return unchanged;
  return [...unchanged, ...changed.map(([key]) => key)].sort(compareBytes);
}

/** Where a key is in an ordered list, or where it would be. */
function placeOf(key: string, keys: readonly string[]): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareBytes(keys[middle] ?? "", key) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function* keysBelow(keys: readonly string[], prefix: string): Generator<string> {
  for (let index = placeOf(prefix, keys); index < keys.length; index += 1) {
    const key = keys[index] ?? "";
    if (!key.startsWith(prefix)) return;
    yield key;
  }
}
