import { compareBytes, namesBelow, type Store } from "./store.ts";

/** Makes a store that forgets everything when the process ends. */
export function createMemoryStore(): Store {
  const spaces = new Map<string, Map<string, Uint8Array>>();
  const space = (name: string): Map<string, Uint8Array> => {
    const found = spaces.get(name) ?? new Map<string, Uint8Array>();
    spaces.set(name, found);
    return found;
  };
  return {
    get: (name, key) => spaces.get(name)?.get(key)?.slice(),
    put: (name, key, value) => void space(name).set(key, value.slice()),
    delete: (name, key) => void spaces.get(name)?.delete(key),
    list: (name, prefix, page) => [
      ...namesBelow([...(spaces.get(name)?.keys() ?? [])].sort(compareBytes), prefix, page),
    ],
    entries: (name) => [...(spaces.get(name) ?? [])],
    clear: (name) => void spaces.delete(name),
    // Nothing of it outlives the process, so there is nothing that a crash could leave half done.
    atomically: (work) => work(),
    close: () => spaces.clear(),
  };
}
