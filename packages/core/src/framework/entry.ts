import type { HostCallOptions } from "../logical/events.ts";
import type { Storage } from "../logical/storage.ts";
import type { AnySchema, StandardIssue } from "./standard-schema.ts";
import { checkReplication, type Stored } from "./stored.ts";
import { decodeStored, encodeStored } from "./stored-json.ts";

/** How a stored thing is kept, and how it is read. */
export interface StoredOptions<T = unknown> {
  /** Asks Vault Enterprise to seal the value once more. */
  readonly sealWrap?: boolean;
  /** Keeps the value out of replication, once the definition lists it in `stored`. */
  readonly local?: boolean;
  /**
   * Checks what is found, and may add what an older version of the plugin did not store yet. Without a schema what is
   * found is taken for what this plugin wrote.
   */
  readonly schema?: AnySchema<T>;
}

/** One stored value. */
export interface Entry<T> extends Stored {
  get(storage: Storage, options?: HostCallOptions): Promise<T | undefined>;
  put(storage: Storage, value: T, options?: HostCallOptions): Promise<void>;
  delete(storage: Storage, options?: HostCallOptions): Promise<void>;
}

/** Names one stored value, for instance `entry<Config>("config")`; it is kept as JSON, as `entries` are. */
export function entry<T>(key: string, { sealWrap = false, local = false, schema }: StoredOptions<T> = {}): Entry<T> {
  const self: Entry<T> = {
    key,
    sealWrap,
    local,
    get: (storage, options) => readStored(storage, { key, schema }, options),
    async put(storage, value, options) {
      checkReplication(self);
      await writeStored(storage, { key, value, sealWrap }, options);
    },
    delete: (storage, options) => storage.delete(key, options),
  };
  return self;
}

/** Reads a value that {@link writeStored} wrote. */
export async function readStored<T>(
  storage: Storage,
  { key, schema }: { readonly key: string; readonly schema: AnySchema<T> | undefined },
  options?: HostCallOptions,
): Promise<T | undefined> {
  const found = await storage.get(key, options);
  if (!found) return undefined;
  const value = decodeStored(key, found.value);
  // The type is the author's word for what is stored: only what was put under the same name as a `T` is found.
  if (!schema) return value as T;
  const result = await schema["~standard"].validate(value);
  if (!result.issues) return result.value;
  // Only the places are named: what schemas say of a value often quotes it.
  throw new Error(`stored value of "${key}" does not fit its schema at ${result.issues.map(placeOf).join(", ")}`);
}

/** Stores a value as JSON. */
export async function writeStored(
  storage: Storage,
  { key, value, sealWrap }: { readonly key: string; readonly value: unknown; readonly sealWrap: boolean },
  options?: HostCallOptions,
): Promise<void> {
  await storage.put({ key, value: encodeStored(value), ...(sealWrap ? { sealWrap } : {}) }, options);
}

function placeOf({ path = [] }: StandardIssue): string {
  const parts = path.map((part) => String(typeof part === "object" ? part.key : part));
  return parts.length === 0 ? "its top" : `"${parts.join(".")}"`;
}
