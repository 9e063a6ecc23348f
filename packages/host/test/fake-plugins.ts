import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  type Backend,
  type Call,
  type LaunchedBackend,
  type LaunchedPlugin,
  PluginGone,
  type Storage,
} from "@vaultwright/core/launch";
import type { PluginLauncher } from "../src/plugins/launcher.ts";

/** A plugin that runs in this process. */
export interface FakePlugin {
  readonly factory: (mount: FakeMount) => Backend | Promise<Backend>;
  readonly version?: string;
  readonly isMultiplexed?: boolean;
}

/** What a fake plugin's factory learns; in addition to a real one's the storage. */
export interface FakeMount {
  readonly uuid: string;
  readonly options: ReadonlyMap<string, string>;
  readonly storage: Storage | undefined;
}

/** Plugins by file name, in a folder with a file for each. */
export interface FakePlugins {
  readonly directory: string;
  readonly launch: PluginLauncher;
  sha256(name: string): string;
  /** How often a plugin's process was started. */
  starts(name: string): number;
  /** Makes all processes of a plugin die. */
  crash(name: string): void;
}

/** Makes the folder and the launcher of plugins. */
export function fakePlugins(plugins: Readonly<Record<string, FakePlugin>>): FakePlugins {
  const directory = mkdtempSync(join(tmpdir(), "host-test-"));
  for (const name of Object.keys(plugins)) writeFileSync(join(directory, name), `fake ${name}`);
  const started = new Map<string, (() => void)[]>();
  return {
    directory,
    sha256: (name) =>
      createHash("sha256")
        .update(readFileSync(join(directory, name)))
        .digest("hex"),
    starts: (name) => started.get(name)?.length ?? 0,
    crash(name) {
      for (const die of started.get(name) ?? []) die();
    },
    async launch({ file }) {
      const name = basename(file);
      const plugin = plugins[name];
      if (plugin === undefined) throw new Error(`there is no fake plugin ${name}`);
      const { launched, die } = startFake(plugin);
      started.set(name, [...(started.get(name) ?? []), die]);
      return launched;
    },
  };
}

function startFake(plugin: FakePlugin): { readonly launched: LaunchedPlugin; die(): void } {
  const { promise: exited, resolve } = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  let isAlive = true;
  const die = (): void => {
    isAlive = false;
    resolve({ code: null, signal: "SIGKILL" });
  };
  const checkAlive = (): void => {
    if (!isAlive) throw new PluginGone();
  };
  const launched: LaunchedPlugin = {
    pid: 0,
    protocolVersion: 5,
    isMultiplexed: plugin.isMultiplexed ?? true,
    exited,
    async mount({ uuid, config, storage, system, events, log }): Promise<LaunchedBackend> {
      checkAlive();
      const backend = await plugin.factory({ uuid, options: config, storage });
      const call = ({ signal }: { readonly signal: AbortSignal }): Call => {
        checkAlive();
        // A mount that serves requests has all of them; only a probe has none.
        return { storage, system, events, log, signal } as Call;
      };
      const withDeath = async <T>(work: () => Promise<T>): Promise<T> => {
        const result = await Promise.race([work(), exited]);
        checkAlive();
        // Only the end of the process gives anything else, and it was looked for.
        return result as T;
      };
      return {
        type: backend.type,
        ...(backend.specialPaths && { specialPaths: backend.specialPaths }),
        initialize: async (initialization, options) => backend.initialize?.(initialization, call(options)),
        handleRequest: async (request, options) => withDeath(() => backend.handleRequest(request, call(options))),
        checkExistence: async (request, options) => backend.checkExistence(request, call(options)),
        invalidate: async (key, options) => backend.invalidate?.(key, call(options)),
        cleanup: async (options) => withDeath(async () => backend.cleanup?.(call(options))),
        version: async () => plugin.version ?? "",
      };
    },
    async kill() {
      die();
    },
  };
  return { launched, die };
}
