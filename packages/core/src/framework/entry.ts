import type { HostCallOptions } from "../logical/events.ts";
import type { Storage } from "../logical/storage.ts";
import type { Stored } from "./collect-special-paths.ts";
import { decodeStored, encodeStored } from "./stored-json.ts";

/** How a stored thing is kept. */
export interface StoredOptions {
  /** Asks Vault Enterprise to seal the value once more. */
  readonly sealWrap?: boolean;
  /** Keeps the value out of replication. */
  readonly local?: boolean;
}

/** One stored value. */
export interface Entry<T> extends Stored {
  get(storage: Storage, options?: HostCallOptions): Promise<T | undefined>;
  put(storage: Storage, value: T, options?: HostCallOptions): Promise<void>;
  delete(storage: Storage, options?: HostCallOptions): Promise<void>;
}

/** Names one stored value, for instance `entry<Config>("config")`; it is kept as JSON, as `entries` are. */
export function entry<T>(key: string, { sealWrap = false, local = false }: StoredOptions = {}): Entry<T> {
  return {
    key,
    sealWrap,
    local,
    get: (storage, options) => readStored(storage, key, options),
    put: (storage, value, options) => writeStored(storage, { key, value, sealWrap }, options),
    delete: (storage, options) => storage.delete(key, options),
  };
}

/** Reads a value that {@link writeStored} wrote. */
export async function readStored<T>(storage: Storage, key: string, options?: HostCallOptions): Promise<T | undefined> {
  const found = await storage.get(key, options);
  // The type is the author's word for what is stored: only what was put under the same name as a `T` is found.
  return found && (decodeStored(key, found.value) as T);
}

/** Stores a value as JSON. */
export async function writeStored(
  storage: Storage,
  { key, value, sealWrap }: { readonly key: string; readonly value: unknown; readonly sealWrap: boolean },
  options?: HostCallOptions,
): Promise<void> {
  await storage.put({ key, value: encodeStored(value), ...(sealWrap ? { sealWrap } : {}) }, options);
}
