import { type BackendType, UserError } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { compareVersions } from "./version.ts";

/** A registered plugin. */
export interface CatalogueEntry {
  readonly name: string;
  readonly type: BackendType;
  /** `vX.Y.Z`, or empty when neither the operator nor the plugin named one. */
  readonly version: string;
  /** File name within the plugin directory. */
  readonly command: string;
  readonly args: readonly string[];
  /** `NAME=value` each. */
  readonly env: readonly string[];
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The plugins that may be mounted. */
export interface Catalogue {
  get(type: BackendType, name: string, version: string): CatalogueEntry | undefined;
  list(): CatalogueEntry[];
  register(entry: CatalogueEntry): void;
  deregister(type: BackendType, name: string, version: string): void;
  /** Chooses what a new mount runs: the wanted version, else the unversioned entry, else the newest. */
  choose(type: BackendType, name: string, wanted: string): CatalogueEntry;
}

/** Opens the catalogue of a store. */
export function openCatalogue(store: Store): Catalogue {
  const records = openRecords<CatalogueEntry>(store, "catalogue");
  const keyOf = (type: BackendType, name: string, version: string): string => `${type}/${name}/${version}`;
  return {
    get: (type, name, version) => records.get(keyOf(type, name, version)),
    list: () => records.values(),
    register: (entry) => records.set(keyOf(entry.type, entry.name, entry.version), entry),
    deregister: (type, name, version) => records.delete(keyOf(type, name, version)),
    choose(type, name, wanted) {
      const versions = records.values().filter((entry) => entry.type === type && entry.name === name);
      const unversioned = versions.find((entry) => entry.version === "");
      const newest = versions.sort((a, b) => compareVersions(b.version, a.version))[0];
      const found = wanted === "" ? (unversioned ?? newest) : versions.find((entry) => entry.version === wanted);
      if (found !== undefined) return found;
      if (newest === undefined) throw new UserError(`plugin not found in the catalog: ${name}`);
      throw new UserError(`plugin not found in the catalog: ${name}, version=${wanted}`);
    },
  };
}
