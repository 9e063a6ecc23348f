import {
  type Initialization,
  type Log,
  type Request,
  type Response,
  type SystemView,
  UserError,
} from "@vaultwright/core/launch";
import type { Faults } from "../faults.ts";
import type { Catalogue, CatalogueEntry } from "../plugins/catalogue.ts";
import { createPluginBackend } from "../plugins/plugin-backend.ts";
import type { PluginProcesses } from "../plugins/processes.ts";
import type { Product } from "../product.ts";
import { createFaultyStorage } from "../storage/faulty-storage.ts";
import { createMountStorage } from "../storage/mount-storage.ts";
import type { Store } from "../storage/store.ts";
import { createKeyedHash } from "../values/keyed-hash.ts";
import { createGate } from "./gate.ts";
import type { Mount } from "./mount.ts";
import { fullPathOf, type MountEntry } from "./mount-entry.ts";
import { asSent, pluginRequest } from "./plugin-request.ts";
import { type PathMatcher, prefixMatcher, segmentMatcher } from "./special-path-matcher.ts";

/** A mount that a plugin answers for. */
export interface PluginMount extends Mount {
  entry: MountEntry;
  start(): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
  killProcess(): Promise<void>;
  invalidate(key: string, signal: AbortSignal): Promise<void>;
  /** Sends a request that is the host's own: a renewal, a revocation, a rollback. */
  send(request: Request, signal: AbortSignal): Promise<Response | undefined>;
}

/** What plugin mounts need of the host. */
export interface PluginMountParts {
  readonly product: Product;
  readonly store: Store;
  readonly log: Log;
  readonly catalogue: Catalogue;
  readonly processes: PluginProcesses;
  readonly faults: Pick<Faults, "role" | "storageFault">;
  systemView(entry: () => MountEntry): SystemView;
}

const longestCallMs = 90_000;

/** The space of the store that a mount's keys are in. */
export function storageSpace(entry: MountEntry): string {
  return `mount/${entry.uuid}`;
}

/** Makes the mount of an entry; nothing runs before `start` or the first request. */
export function createPluginMount(parts: PluginMountParts, initialEntry: MountEntry): PluginMount {
  const { product } = parts;
  let entry = initialEntry;
  const gate = createGate();
  const hashToken = createKeyedHash(entry.uuid);
  const log = parts.log.with({
    logger: `${entry.table === "auth" ? "auth" : "secrets"}.${entry.type}.${entry.accessor}`,
    mount_uuid: entry.uuid,
  });
  const system = parts.systemView(() => entry);
  const kept = createMountStorage({ store: parts.store, name: storageSpace(entry), kind: product.kind });
  const storage = createFaultyStorage(kept, () => parts.faults.storageFault(fullPathOf(entry)));

  const backend = createPluginBackend({
    acquire: async () => parts.processes.acquire(registrationOf(parts.catalogue, entry), log),
    async setUp({ plugin }) {
      const config = pluginConfig(entry);
      const signal = AbortSignal.timeout(longestCallMs);
      const launched = await plugin.mount({ uuid: entry.uuid, config, storage, system, log, signal });
      if (launched.type === entry.table) return launched;
      await launched.cleanup({ signal });
      throw new UserError(
        entry.table === "auth"
          ? `cannot mount ${JSON.stringify(entry.type)} of type ${JSON.stringify(launched.type)} as an auth backend`
          : `unknown backend type: ${JSON.stringify(entry.type)}`,
      );
    },
    // OpenBao says nothing of the mount here.
    initialization: () => (product.kind === "openbao" ? {} : initializationOf(entry)),
    initializationFailed(error) {
      if (parts.faults.role === "active") throw error;
      // A plugin that wants to write then cannot on a node that only reads, and hosts use it there all the same.
      log.error("failed to initialize mount backend", { error });
    },
  });

  let needsSudo: PathMatcher = () => false;
  let isUnauthenticated: PathMatcher = () => false;
  const readSpecialPaths = (): void => {
    needsSudo = prefixMatcher(backend.specialPaths.root);
    isUnauthenticated = segmentMatcher(backend.specialPaths.unauthenticated);
  };

  return {
    get entry() {
      return entry;
    },
    set entry(changed) {
      entry = changed;
    },
    get fullPath() {
      return fullPathOf(entry);
    },
    prepare: () =>
      gate.pass(async () => {
        await backend.prepare();
        readSpecialPaths();
      }),
    needsSudo: (path) => needsSudo(path),
    isUnauthenticated: (path) => isUnauthenticated(path),
    checkExistence: (context) =>
      gate.pass(() =>
        backend.checkExistence(asSent(pluginRequest(context, hashToken), product), { signal: context.request.signal }),
      ),
    handle: (context) =>
      gate.pass(() =>
        backend.handleRequest(asSent(pluginRequest(context, hashToken), product), { signal: context.request.signal }),
      ),
    send: (request, signal) => gate.pass(() => backend.handleRequest(asSent(request, product), { signal })),
    async start() {
      await backend.start();
      readSpecialPaths();
    },
    reload: () =>
      gate.alone(async () => {
        await backend.reload({ signal: AbortSignal.timeout(longestCallMs) });
        readSpecialPaths();
      }),
    killProcess: backend.killProcess,
    invalidate: (key, signal) => backend.invalidate(key, { signal }),
    close: () => gate.alone(() => backend.close({ signal: AbortSignal.timeout(longestCallMs) })),
  };
}

function registrationOf(catalogue: Catalogue, entry: MountEntry): CatalogueEntry {
  const found = catalogue.running(entry.table, entry.type, entry.pluginVersion);
  if (found === undefined) throw new UserError(`plugin not found in the catalog: ${entry.type}`);
  return found;
}

function initializationOf(entry: MountEntry): Initialization {
  return {
    mountPoint: fullPathOf(entry),
    mountType: entry.type,
    mountAccessor: entry.accessor,
    backendUuid: entry.uuid,
    mountRunningVersion: entry.runningVersion,
  };
}

function pluginConfig(entry: MountEntry): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(entry.options ?? {}),
    ["plugin_name", entry.type],
    ["plugin_type", entry.table],
    ["plugin_version", entry.pluginVersion],
  ]);
}
