import { type Log, UserError } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import type { Mount } from "./mount.ts";
import { fullPathOf, type MountEntry, type MountTable as Table } from "./mount-entry.ts";
import { createPluginMount, type PluginMount, type PluginMountParts, storageSpace } from "./plugin-mount.ts";

/** Where a request goes. */
export interface Route {
  readonly mount: Mount;
  /** Path within the mount. */
  readonly path: string;
}

/** The mounts of the server. */
export interface MountTable {
  route(path: string): Route | undefined;
  /** Finds a mount by exactly its path. */
  at(fullPath: string): Mount | undefined;
  /** Finds a plugin's mount by exactly its path. */
  pluginAt(fullPath: string): PluginMount | undefined;
  list(table: Table): Mount[];
  plugins(): PluginMount[];
  addBuiltIn(mount: Mount): void;
  /** Starts a new mount and keeps it; throws what the plugin says, and then nothing is left of it. */
  enable(entry: MountEntry): Promise<void>;
  /** Finds the mount that is in the way of one at a path; gives its whole path. */
  conflictAt(fullPath: string): string | undefined;
  /** Moves a mount, with what it stored, to the path of its changed entry. */
  move(mount: PluginMount, entry: MountEntry): void;
  /** Keeps a changed entry. */
  update(mount: PluginMount, entry: MountEntry): void;
  /** Drops a mount and all that it stored. */
  remove(mount: PluginMount): void;
  /** Starts all mounts; what cannot start is logged, and tried again at its next request. */
  startAll(): Promise<void>;
  closeAll(): Promise<void>;
}

/** Opens the mounts of a store. */
export function openMountTable(parts: PluginMountParts & { readonly store: Store; readonly log: Log }): MountTable {
  const records = openRecords<MountEntry>(parts.store, "mounts");
  const mounts = new Map<string, Mount>();
  const pluginMounts = new Map<string, PluginMount>();
  const add = (entry: MountEntry): PluginMount => {
    const mount = createPluginMount(parts, entry);
    mounts.set(mount.fullPath, mount);
    pluginMounts.set(mount.fullPath, mount);
    return mount;
  };
  const drop = (mount: PluginMount): void => {
    mounts.delete(mount.fullPath);
    pluginMounts.delete(mount.fullPath);
    records.delete(mount.fullPath);
    parts.store.clear(storageSpace(mount.entry));
  };
  for (const entry of records.values()) add(entry);

  const conflictAt = (fullPath: string): string | undefined =>
    [...mounts.keys()].find((used) => used.startsWith(fullPath) || fullPath.startsWith(used));
  const longestMatch = (path: string): Mount | undefined => {
    let best: Mount | undefined;
    for (const [fullPath, mount] of mounts)
      if (path.startsWith(fullPath) && fullPath.length > (best?.fullPath.length ?? 0)) best = mount;
    return best;
  };

  return {
    route(path) {
      // A mount's own path may come without its slash.
      const mount = longestMatch(path) ?? longestMatch(`${path}/`);
      return mount && { mount, path: path.slice(mount.fullPath.length) };
    },
    at: (fullPath) => mounts.get(fullPath),
    pluginAt: (fullPath) => pluginMounts.get(fullPath),
    list: (table) => [...mounts.values()].filter((mount) => mount.entry.table === table),
    plugins: () => [...pluginMounts.values()],
    addBuiltIn: (mount) => void mounts.set(mount.fullPath, mount),
    async enable(entry) {
      const fullPath = fullPathOf(entry);
      const used = conflictAt(fullPath);
      if (used !== undefined)
        throw new UserError(`path is already in use at ${entry.table === "auth" ? used.slice("auth/".length) : used}`);
      const mount = add(entry);
      try {
        await mount.start();
        records.set(fullPath, mount.entry);
      } catch (error) {
        await mount.close();
        drop(mount);
        throw error;
      }
    },
    conflictAt,
    move: (mount, entry) =>
      parts.store.atomically(() => {
        mounts.delete(mount.fullPath);
        pluginMounts.delete(mount.fullPath);
        records.delete(mount.fullPath);
        mount.entry = entry;
        mounts.set(mount.fullPath, mount);
        pluginMounts.set(mount.fullPath, mount);
        records.set(mount.fullPath, entry);
      }),
    update(mount, entry) {
      records.set(mount.fullPath, entry);
      mount.entry = entry;
    },
    remove: (mount) => parts.store.atomically(() => drop(mount)),
    async startAll() {
      for (const mount of pluginMounts.values()) {
        try {
          await mount.start();
        } catch (error) {
          parts.log.error("a mount cannot be started", { path: mount.fullPath, error });
        }
      }
    },
    async closeAll() {
      await Promise.allSettled(pluginMounts.values().map((mount) => mount.close()));
    },
  };
}
