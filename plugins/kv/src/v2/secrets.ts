import { entries, InternalError, type Storage } from "@vaultwright/core";
import { knownFormat, type Stored } from "./format.ts";
import type { NameKey } from "./name-key.ts";
import type { Secret } from "./secret.ts";

/** What is stored of a key. */
export interface StoredSecret {
  /** Nothing where the key was deleted and its values are not all gone yet. */
  readonly secret?: Secret | undefined;
  /** Versions outside of the window whose records may still be there, since a deletion can be interrupted. */
  readonly leftovers?: readonly number[] | undefined;
}

interface SecretRecord extends StoredSecret, Stored {}

interface ValueRecord extends Stored {
  readonly value: unknown;
}

/** The secrets of a mount in its storage: a record for each key, and one for each value that is not in it. */
export interface Secrets {
  get(storage: Storage, key: string): Promise<StoredSecret>;
  put(storage: Storage, key: string, stored: StoredSecret): Promise<void>;
  delete(storage: Storage, key: string): Promise<void>;
  /** Gives the names directly below a folder in the order of their bytes; those of folders end in a slash. */
  list(storage: Storage, folder: string): Promise<string[]>;
  /** Gives the value of a version of the window that is not destroyed. */
  getValue(storage: Storage, key: string, secret: Secret, version: number): Promise<unknown>;
  putValue(storage: Storage, key: string, version: number, value: unknown): Promise<void>;
  deleteValue(storage: Storage, key: string, version: number): Promise<void>;
}

/** Makes the access to the secrets of a mount. */
export function createSecrets(prefix: string, names: NameKey): Secrets {
  const records = entries<SecretRecord>(`${prefix}secrets/`, { sealWrap: true, schema: knownFormat() });
  const values = entries<ValueRecord>(`${prefix}values/`, { sealWrap: true, schema: knownFormat() });

  return {
    async get(storage, key) {
      const found = await names.find(storage);
      if (!found || key === "") return {};
      return (await records.get(storage, found.pathOf(key))) ?? {};
    },
    async put(storage, key, stored) {
      const { pathOf } = await names.make(storage);
      await records.put(storage, pathOf(key), { v: 1, ...stored });
    },
    async delete(storage, key) {
      const { pathOf } = await names.make(storage);
      await records.delete(storage, pathOf(key));
    },
    async list(storage, folder) {
      const found = await names.find(storage);
      if (!found) return [];
      const parts = await records.list(storage, { folder: found.pathOf(folder) });
      return sorted(parts.map((part) => shownName(part, (text) => found.nameOf(folder, text))));
    },
    async getValue(storage, key, secret, version) {
      if (Object.hasOwn(secret.values, version)) return secret.values[version];
      const { versionId } = await names.make(storage);
      const record = await values.get(storage, versionId(key, version));
      if (!record) throw new InternalError("could not find version data");
      return record.value;
    },
    async putValue(storage, key, version, value) {
      const { versionId } = await names.make(storage);
      await values.put(storage, versionId(key, version), { v: 1, value });
    },
    async deleteValue(storage, key, version) {
      const { versionId } = await names.make(storage);
      await values.delete(storage, versionId(key, version));
    },
  };
}

function shownName(part: string, nameOf: (text: string) => string): string {
  return part.endsWith("/") ? `${nameOf(part.slice(0, -1))}/` : nameOf(part);
}

/** Sorts by bytes as storages do. JavaScript's own comparison does the same below U+D800, where pairs of characters begin. */
function sorted(names: readonly string[]): string[] {
  if (!names.some((name) => /[\ud800-\uffff]/.test(name))) return names.toSorted();
  return names
    .map((name) => Buffer.from(name))
    .sort(Buffer.compare)
    .map(String);
}
