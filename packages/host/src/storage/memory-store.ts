import { compareBytes, namesBelow, type Store } from "./store.ts";

/** Makes a store that forgets everything when the process ends. */
export function createMemoryStore(): Store {
  const spaces = new Map<string, Space>();
  return {
    get: (name, key) => spaces.get(name)?.values.get(key)?.slice(),
    put(name, key, value) {
      const space = spaces.get(name) ?? { values: new Map(), keys: [] };
      spaces.set(name, space);
      if (!space.values.has(key)) space.keys.splice(placeOf(key, space.keys), 0, key);
      space.values.set(key, value.slice());
    },
    delete(name, key) {
      const space = spaces.get(name);
      if (space?.values.delete(key)) space.keys.splice(placeOf(key, space.keys), 1);
    },
    list: (name, prefix, page) => [...namesBelow(keysBelow(spaces.get(name)?.keys ?? [], prefix), prefix, page)],
    entries: (name) => [...(spaces.get(name)?.values ?? [])],
    snapshot(name) {
      const { values, keys }: Space = spaces.get(name) ?? { values: new Map(), keys: [] };
      const [valuesThen, keysThen] = [new Map(values), [...keys]];
      return {
        get: (key) => valuesThen.get(key)?.slice(),
        keys: (prefix) => [...keysBelow(keysThen, prefix)],
        close() {},
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
