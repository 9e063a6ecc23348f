import type { Page } from "@vaultwright/core/launch";

/**
 * Keeps bytes under keys, in spaces that do not see each other: one for each mount, and the host's own.
 *
 * Calls are synchronous, so what is done between two `await`s happens at once; `atomically` makes it survive a crash
 * whole or not at all.
 */
export interface Store {
  get(space: string, key: string): Uint8Array | undefined;
  put(space: string, key: string, value: Uint8Array): void;
  /** Deletes a key; one that does not exist is no failure. */
  delete(space: string, key: string): void;
  /** Lists the names directly below a prefix in the order of their bytes; names of deeper levels end in `/`. */
  list(space: string, prefix: string, page?: Page): string[];
  /** Keeps hold of what a space is like now, until it is closed. */
  snapshot(space: string): Snapshot;
  /** Gives all keys of a space with their values. */
  entries(space: string): Iterable<readonly [key: string, value: Uint8Array]>;
  /** Deletes a whole space. */
  clear(space: string): void;
  atomically<T>(work: () => T): T;
  close(): void;
}

/** A space as it was at some time, whatever is written to it meanwhile. */
export interface Snapshot {
  get(key: string): Uint8Array | undefined;
  /** All keys that begin with a prefix, in the order of their bytes. */
  keys(prefix: string): readonly string[];
  close(): void;
}

/** Compares texts by the bytes of their UTF-8, which is not JavaScript's own order beyond the basic plane. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rankOf(left) - rankOf(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for what comes behind all other code units. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Folds sorted keys below a prefix to the names of the next level, within the bounds of a page. */
export function* namesBelow(keys: Iterable<string>, prefix: string, page: Page = {}): Generator<string> {
  const limit = page.limit === undefined || page.limit <= 0 ? Number.POSITIVE_INFINITY : page.limit;
  let last: string | undefined;
  let count = 0;
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const rest = key.slice(prefix.length);
    const slash = rest.indexOf("/");
    const name = slash < 0 ? rest : rest.slice(0, slash + 1);
    if (name === "" || name === last) continue;
    if (page.after !== undefined && page.after !== "" && compareBytes(name, page.after) <= 0) continue;
    if (count >= limit) return;
    last = name;
    count += 1;
    yield name;
  }
}
