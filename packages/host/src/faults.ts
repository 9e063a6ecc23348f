import type { MountTable } from "./mounts/mount-table.ts";
import type { PluginMount } from "./mounts/plugin-mount.ts";
import type { MovableClock } from "./movable-clock.ts";
import type { NodeRole } from "./standby.ts";
import { refuseWrites, type StorageCall, type StorageFault } from "./storage/faulty-storage.ts";

/** What a test can make go wrong with a running server. Nothing of it can be reached over HTTP. */
export interface HostFaults {
  /**
   * Lets a function see each storage call of plugins before it is made, or of the one that is mounted at a path; what it
   * throws is what the plugin gets. Nothing makes the storage work again. The faults of `@vaultwright/core/testing` fit.
   */
  setStorageFault(fault: StorageFault | undefined, mountPath?: string): void;
  /** Ends the process of the plugin that is mounted at a path, without a word to it. */
  killPlugin(mountPath: string): Promise<void>;
  /** Tells the plugin that is mounted at a path that another node changed one of its keys. */
  invalidate(mountPath: string, key: string): Promise<void>;
  /** Puts the server's clock ahead; plugins keep the machine's. Leases and tokens whose time has come end. */
  advanceClock(seconds: number): void;
  /**
   * Makes the server a node that only reads, or again the one that writes. Each mount is set up anew in a new process,
   * whose system view and storage are those of such a node. The server's own API goes on as before.
   */
  setRole(role: NodeRole): Promise<void>;
}

/** The faults of a server, as its parts ask for them. */
export interface Faults extends HostFaults {
  readonly role: NodeRole;
  /** What goes wrong with the storage of a mount now. */
  storageFault(mountPath: string): StorageFault | undefined;
}

// Hosts wait no longer for a plugin that is told of a change.
const invalidationMs = 2_000;

/** Makes a server's faults; there are none yet. */
export function createFaults(parts: {
  readonly clock: MovableClock;
  readonly mounts: () => MountTable;
  /** Starts or stops what only the node does that writes. */
  roleChanged(): void;
}): Faults {
  const storageFaults = new Map<string, StorageFault>();
  let everywhere: StorageFault | undefined;
  let role: NodeRole = "active";
  const mountAt = (path: string): PluginMount => {
    const mount = parts.mounts().pluginAt(path.endsWith("/") ? path : `${path}/`);
    if (mount === undefined) throw new Error(`no plugin is mounted at ${path}`);
    return mount;
  };
  return {
    get role() {
      return role;
    },
    storageFault(mountPath) {
      if (role === "active" && everywhere === undefined && storageFaults.size === 0) return undefined;
      const all = [role === "standby" ? refuseWrites : undefined, everywhere, storageFaults.get(mountPath)];
      return inTurn(all.filter((fault) => fault !== undefined));
    },
    setStorageFault(fault, mountPath) {
      if (mountPath === undefined) everywhere = fault;
      else if (fault === undefined) storageFaults.delete(mountAt(mountPath).fullPath);
      else storageFaults.set(mountAt(mountPath).fullPath, fault);
    },
    killPlugin: async (mountPath) => mountAt(mountPath).killProcess(),
    invalidate: async (mountPath, key) => mountAt(mountPath).invalidate(key, AbortSignal.timeout(invalidationMs)),
    advanceClock: (seconds) => parts.clock.advance(seconds),
    async setRole(next) {
      role = next;
      parts.roleChanged();
      for (const mount of parts.mounts().plugins()) await mount.reload();
    },
  };
}

function inTurn(faults: readonly StorageFault[]): StorageFault {
  return async (call: StorageCall) => {
    for (const fault of faults) await fault(call);
  };
}
