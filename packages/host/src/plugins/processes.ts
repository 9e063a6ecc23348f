import { type LaunchedPlugin, type Log, LogicalError } from "@vaultwright/core/launch";
import type { Product } from "../product.ts";
import { listErrors } from "../requests/failure.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import type { PluginLauncher } from "./launcher.ts";
import { checkPluginFile, findPluginFile } from "./plugin-file.ts";

/** A running plugin, for as long as somebody uses it. */
export interface PluginProcess {
  readonly plugin: LaunchedPlugin;
  /** Gives it back; the last user's giving back ends it. */
  release(): Promise<void>;
  /** Ends it for all its users. */
  kill(): Promise<void>;
}

/** The processes of plugins: shared by all mounts of a registration where the plugin can do that. */
export interface PluginProcesses {
  acquire(entry: CatalogueEntry, log: Log): Promise<PluginProcess>;
  /** Starts a process that nobody shares. */
  start(entry: CatalogueEntry, log: Log): Promise<LaunchedPlugin>;
  /** Lets processes start, which they may not before, nor after `shutDown`. */
  open(): void;
  /** Ends all processes, those that are just starting too. */
  shutDown(): Promise<void>;
}

/** Where plugins are, how they are started, and as which host. */
export interface ProcessParts {
  readonly directory: string;
  readonly launch: PluginLauncher;
  readonly product: Product;
}

interface Shared {
  readonly plugin: LaunchedPlugin;
  users: number;
}

/** Makes the processes' keeper. */
export function createPluginProcesses(parts: ProcessParts): PluginProcesses {
  const sharedByKey = new Map<string, Promise<Shared>>();
  const running = new Set<LaunchedPlugin>();
  const launches = new Set<Promise<unknown>>();
  let shutting = AbortSignal.abort();
  let abort = (): void => {};

  const start = async (entry: CatalogueEntry, log: Log): Promise<LaunchedPlugin> => {
    const launching = launchEntry(parts, entry, { log, signal: shutting });
    launches.add(launching);
    const plugin = await launching.finally(() => launches.delete(launching));
    running.add(plugin);
    void plugin.exited.then(() => running.delete(plugin));
    return plugin;
  };
  const kill = async (plugin: LaunchedPlugin): Promise<void> => {
    running.delete(plugin);
    await plugin.kill();
  };
  const startShared = (key: string, entry: CatalogueEntry, log: Log): Promise<Shared> => {
    const starting = start(entry, log).then((plugin) => ({ plugin, users: 0 }));
    sharedByKey.set(key, starting);
    const forget = (): void => forgetShared(key, starting);
    starting.then(({ plugin }) => plugin.exited.then(forget), forget);
    return starting;
  };
  const forgetShared = (key: string, starting: Promise<Shared>): void => {
    if (sharedByKey.get(key) === starting) sharedByKey.delete(key);
  };

  return {
    start,
    async acquire(entry, log) {
      const key = JSON.stringify(entry);
      const starting = sharedByKey.get(key) ?? startShared(key, entry, log);
      const shared = await starting;
      if (!shared.plugin.isMultiplexed && shared.users > 0) {
        const own = await start(entry, log);
        return { plugin: own, release: () => kill(own), kill: () => kill(own) };
      }
      shared.users += 1;
      const stop = async (): Promise<void> => {
        forgetShared(key, starting);
        await kill(shared.plugin);
      };
      // A process that serves one mount only must not be found by the next mount.
      if (!shared.plugin.isMultiplexed) forgetShared(key, starting);
      return {
        plugin: shared.plugin,
        kill: stop,
        async release() {
          shared.users -= 1;
          if (shared.users === 0) await stop();
        },
      };
    },
    open() {
      const controller = new AbortController();
      shutting = controller.signal;
      abort = () => controller.abort();
    },
    async shutDown() {
      abort();
      sharedByKey.clear();
      await Promise.allSettled([...running].map(kill));
      await Promise.allSettled(launches);
      await Promise.allSettled([...running].map(kill));
    },
  };
}

async function launchEntry(
  { directory, launch, product }: ProcessParts,
  entry: CatalogueEntry,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<LaunchedPlugin> {
  if (signal.aborted) throw new LogicalError("unknown", "no plugin can be started while the server is sealed");
  try {
    const file = await findPluginFile(directory, entry.command);
    await checkPluginFile(file, entry);
    const env = Object.fromEntries(entry.env.map(splitVariable));
    const host = { hostKind: product.kind, hostVersion: product.version };
    return await launch({ file, args: entry.args, env, log, signal, ...host });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    // Vault starts a plugin once for each version of the protocol that it knows, and lists both failures.
    throw new LogicalError("unknown", `invalid backend version: ${listErrors(reason, reason)}`, { cause });
  }
}

function splitVariable(variable: string): [name: string, value: string] {
  const [name = "", ...value] = variable.split("=");
  return [name, value.join("=")];
}
