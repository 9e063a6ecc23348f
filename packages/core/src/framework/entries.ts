import { relativePath, UserError } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Page, Storage } from "../logical/storage.ts";
import { DefinitionError } from "./definition-error.ts";
import { readStored, type StoredOptions, writeStored } from "./entry.ts";
import { checkReplication, type Stored } from "./stored.ts";

/** Bounds of a listing of entries. */
export interface EntriesPage extends HostCallOptions, Page {
  /** Lists below this folder of ids, which ends in a slash. */
  readonly folder?: string;
}

/** Stored values of one type, each under an id. */
export interface Entries<T> extends Stored {
  get(storage: Storage, id: string, options?: HostCallOptions): Promise<T | undefined>;
  put(storage: Storage, id: string, value: T, options?: HostCallOptions): Promise<void>;
  delete(storage: Storage, id: string, options?: HostCallOptions): Promise<void>;
  /** Lists the ids; where ids contain slashes, folders end in one. */
  list(storage: Storage, options?: EntriesPage): Promise<string[]>;
}

/**
 * Names stored values below a prefix, for instance `entries<Key>("key/")`. They are kept as JSON: a date comes back as
 * text, and an integer as a number up to 2^53 and as a `bigint` beyond.
 */
export function entries<T>(
  prefix: string,
  { sealWrap = false, local = false, schema }: StoredOptions<T> = {},
): Entries<T> {
  if (prefix !== "" && !prefix.endsWith("/"))
    throw new DefinitionError(`entries "${prefix}": the prefix must end in /`);
  const self: Entries<T> = {
    key: prefix,
    sealWrap,
    local,
    get: async (storage, id, options) => readStored(storage, { key: keyOf(prefix, id), schema }, options),
    async put(storage, id, value, options) {
      checkReplication(self);
      await writeStored(storage, { key: keyOf(prefix, id), value, sealWrap }, options);
    },
    delete: async (storage, id, options) => storage.delete(keyOf(prefix, id), options),
    list: async (storage, { folder = "", ...options } = {}) =>
      storage.list(folder === "" ? prefix : keyOf(prefix, folder), options),
  };
  return self;
}

/** Ids often come from callers: one that leaves its prefix would reach another kind of entry. */
function keyOf(prefix: string, id: string): string {
  if (id === "") throw new UserError("an empty name cannot be stored or found");
  if (id.split("/").some((part) => part === "." || part === "..")) throw new UserError(relativePath);
  return prefix + id;
}
