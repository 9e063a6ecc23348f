import type { HostCallOptions } from "./events.ts";
import type { Storage } from "./storage.ts";

/** Bounds of a walk through a storage. */
export interface WalkOptions extends HostCallOptions {
  /**
   * How many names to ask for at once. By default a folder is listed whole, which is what hosts without pages (Vault) do
   * for every page.
   */
  readonly pageSize?: number;
}

/**
 * Gives the names directly below a prefix page by page, in the order of their bytes. It stops after a page that is not
 * full, so that no call is made in vain.
 */
export async function* listPages(
  storage: Storage,
  prefix: string,
  { pageSize = 0, signal }: WalkOptions = {},
): AsyncGenerator<readonly string[], void, undefined> {
  const call = signal ? { signal } : {};
  let after = "";
  for (;;) {
    signal?.throwIfAborted();
    const names = await storage.list(prefix, pageSize > 0 ? { ...call, after, limit: pageSize } : call);
    if (names.length > 0) yield names;
    const last = names.at(-1);
    if (pageSize <= 0 || last === undefined || names.length < pageSize) return;
    after = last;
  }
}

/**
 * Gives all keys that begin with a prefix, in whichever folder. The keys of a folder come before those of its folders,
 * whose last comes first. What is written meanwhile may be given or not; the key just given may be deleted.
 */
export async function* walk(
  storage: Storage,
  prefix = "",
  options: WalkOptions = {},
): AsyncGenerator<string, void, undefined> {
  const top = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const names of listPages(storage, folder, options)) {
      for (const name of names) {
        options.signal?.throwIfAborted();
        const key: string = folder + name;
        if (!key.startsWith(prefix)) continue;
        // A key that ends in a slash lists itself as an empty name, and is not a folder then.
        if (key.endsWith("/") && key !== folder) folders.push(key);
        else yield key;
      }
    }
  }
}

/** Deletes all keys that begin with a prefix. */
export async function clearStorage(storage: Storage, prefix = "", options: WalkOptions = {}): Promise<void> {
  const call = options.signal ? { signal: options.signal } : {};
  for await (const key of walk(storage, prefix, options)) await storage.delete(key, call);
}
