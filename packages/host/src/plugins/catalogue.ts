import { type BackendType, LogicalError, UserError } from "@vaultwright/core/launch";
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

/** A version of a plugin that all its mounts run. */
export interface Pin {
  readonly type: BackendType;
  readonly name: string;
  readonly version: string;
}

/** The plugins that may be mounted. */
export interface Catalogue {
  get(type: BackendType, name: string, version: string): CatalogueEntry | undefined;
  list(): CatalogueEntry[];
  register(entry: CatalogueEntry): void;
  deregister(type: BackendType, name: string, version: string): void;
  /** What a mount runs that is set to a version: the pinned version, where there is one. */
  running(type: BackendType, name: string, version: string): CatalogueEntry | undefined;
  /** The version that all mounts of a plugin run, whatever they are set to, once they are started anew. */
  pinned(type: BackendType, name: string): string | undefined;
  pins(): Pin[];
  pin(pin: Pin): void;
  unpin(type: BackendType, name: string): void;
  /** Chooses what a new mount runs: the pinned version, else the wanted, else the unversioned entry, else the newest. */
  choose(type: BackendType, name: string, wanted: string): CatalogueEntry;
}

/** Opens the catalogue of a store. */
export function openCatalogue(store: Store): Catalogue {
  const records = openRecords<CatalogueEntry>(store, "catalogue");
  const pins = openRecords<Pin>(store, "pins");
  const pinKey = (type: BackendType, name: string): string => `${type}/${name}`;
  const pinned = (type: BackendType, name: string): string | undefined => pins.get(pinKey(type, name))?.version;
  const keyOf = (type: BackendType, name: string, version: string): string => `${type}/${name}/${version}`;
  return {
    get: (type, name, version) => records.get(keyOf(type, name, version)),
    list: () => records.values(),
    register: (entry) => records.set(keyOf(entry.type, entry.name, entry.version), entry),
    deregister(type, name, version) {
      if (version !== "" && pinned(type, name) === version)
        throw new LogicalError("unknown", "cannot delete a pinned version");
      records.delete(keyOf(type, name, version));
    },
    running: (type, name, version) => records.get(keyOf(type, name, pinned(type, name) ?? version)),
    pinned,
    pins: () => pins.values(),
    pin(pin) {
      if (records.get(keyOf(pin.type, pin.name, pin.version)) === undefined)
        throw new UserError(
          `plugin not found in the catalog; ${pin.type} plugin ${JSON.stringify(pin.name)} version ${pin.version} ` +
            "does not exist",
        );
      pins.set(pinKey(pin.type, pin.name), pin);
    },
    unpin: (type, name) => pins.delete(pinKey(type, name)),
    choose(type, name, asked) {
      const pin = pinned(type, name);
      if (pin !== undefined && asked !== "")
        throw new UserError(
          `cannot specify plugin_version for ${type} plugin ${JSON.stringify(name)}, as it is pinned to version ${pin}`,
        );
      const wanted = pin ?? asked;
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
