import { parseJson, stringifyJson } from "@vaultwright/core/launch";
import type { Store } from "./store.ts";

/** The host's own records of one kind, in memory and in the store. */
export interface Records<T> {
  get(key: string): T | undefined;
  set(key: string, record: T): void;
  delete(key: string): void;
  values(): T[];
  keys(): string[];
}

/** Opens the records of a kind. The host wrote them itself, so what is read has the shape that was written. */
export function openRecords<T>(store: Store, kind: string): Records<T> {
  const space = `host/${kind}`;
  const records = new Map<string, T>();
  for (const [key, value] of store.entries(space)) {
    // Only `set` below writes this space, with values of this type.
    records.set(key, parseJson(Buffer.from(value).toString()) as T);
  }
  return {
    get: (key) => records.get(key),
    set(key, record) {
      store.put(space, key, Buffer.from(stringifyJson(record)));
      records.set(key, record);
    },
    delete(key) {
      store.delete(space, key);
      records.delete(key);
    },
    values: () => [...records.values()],
    keys: () => [...records.keys()],
  };
}
