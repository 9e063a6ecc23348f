import { inspect } from "node:util";
import { CommandError } from "../command-error.ts";
import { type Plugin, readSources } from "../plugin.ts";
import { registerPlugin, startAnew } from "../server/load.ts";
import { followChanges } from "./changes.ts";
import { makeBinary, makeLauncher } from "./plugin-file.ts";
import { chooseTarget, type RunningServer, type Target } from "./target.ts";

/** What to develop, and where. */
export interface DevOptions {
  /** The plugin's folder. */
  readonly folder: string;
  /** The file that calls `serve`. */
  readonly entry?: string | undefined;
  /** The server to use instead of the embedded one. */
  readonly server?: RunningServer | undefined;
  /** Where an inspector can be attached, `HOST:PORT`; the plugin then runs from its sources by Node. */
  readonly inspector?: string | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Runs a plugin in a server, and anew after each change of its sources. */
export async function dev(options: DevOptions): Promise<void> {
  const { folder, entry, inspector, signal, print } = options;
  const plugin = readSources(folder, entry);
  const target = await chooseTarget(plugin, options.server);
  const update = createUpdate(target, inspector);
  const attempt = async (): Promise<void> => {
    const started = performance.now();
    try {
      const { name, version, mountPath } = await update(readSources(folder, entry));
      print(`${name} ${version} runs at ${mountPath}, after ${((performance.now() - started) / 1000).toFixed(2)} s`);
    } catch (error) {
      print(error instanceof CommandError ? error.message : inspect(error));
      print("Waiting for the next change.");
    }
  };
  try {
    print(target.welcome);
    if (inspector !== undefined) print(`\nAttach an inspector to ${inspector}, by chrome://inspect or in an editor.`);
    print("");
    await followChanges(plugin, attempt, signal);
  } finally {
    await target.close();
  }
}

/** Makes what brings a plugin's present sources into a server. */
function createUpdate(target: Target, inspector: string | undefined): (plugin: Plugin) => Promise<Plugin> {
  let registered = "";
  return async (plugin) => {
    const { server, pluginDirectory } = target;
    const file = await (inspector === undefined
      ? makeBinary(plugin, pluginDirectory)
      : makeLauncher(plugin, pluginDirectory, inspector));
    // A server starts what is registered, to ask for its version. A launcher never changes, so once is enough.
    const registration = JSON.stringify([plugin.version, file]);
    if (registration !== registered) await registerPlugin(server, plugin, file);
    registered = registration;
    await startAnew(server, plugin);
    return plugin;
  };
}
