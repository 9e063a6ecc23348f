// `npm start`: compiles the plugins, loads them into a server, mounts them, and runs or tours it.
import { Listr } from "listr2";
import { binaryPath, compile } from "./compile.ts";
import { binaryDirectory, plugins } from "./project.ts";
import { startEmbedded } from "./start/embedded.ts";
import { copyBinary, mount, register } from "./start/load.ts";
import { parseStartOptions, type StartOptions } from "./start/options.ts";
import { connectServer, type VaultServer } from "./start/server.ts";
import { tour } from "./start/tour.ts";
import { welcome } from "./start/welcome.ts";

/** A server to load the plugins into, and how to leave it. */
interface Target {
  readonly server: VaultServer;
  readonly pluginDirectory: string;
  stop(): Promise<void>;
}

const options = parseStartOptions(process.argv.slice(2));
try {
  await start(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(options: StartOptions): Promise<void> {
  await compileAll();
  const target = await chooseTarget(options);
  try {
    await load(target);
    if (options.tour) return await tour(target.server, console.log);
    console.log(welcome(target.server, options.server === undefined));
    if (options.server === undefined) await interrupted();
  } finally {
    await target.stop();
  }
}

async function compileAll(): Promise<void> {
  const tasks = plugins().map((plugin) => ({
    title: `Compile ${plugin.name} ${plugin.version}`,
    task: () => compile(plugin.entry, binaryPath(plugin.name)),
  }));
  await new Listr(tasks, { concurrent: true, fallbackRenderer: "simple" }).run();
}

async function chooseTarget(options: StartOptions): Promise<Target> {
  if (options.server === undefined || options.pluginDir === undefined) {
    const host = await startEmbedded(options, binaryDirectory);
    return {
      server: connectServer(new URL(host.address), host.rootToken),
      pluginDirectory: binaryDirectory,
      stop: () => host.close(),
    };
  }
  const token = process.env["VAULT_TOKEN"];
  if (token === undefined || token === "")
    throw new Error("--server needs a token that may register plugins and mount them in VAULT_TOKEN");
  return { server: connectServer(options.server, token), pluginDirectory: options.pluginDir, stop: async () => {} };
}

async function load({ server, pluginDirectory }: Target): Promise<void> {
  const tasks = plugins().map((plugin) => ({
    title: `Register ${plugin.name} and mount it at ${plugin.mountPath}`,
    task: async () => {
      const file = binaryPath(plugin.name);
      if (pluginDirectory !== binaryDirectory) await copyBinary(file, pluginDirectory);
      await register(server, plugin, file);
      await mount(server, plugin);
    },
  }));
  await new Listr(tasks, { fallbackRenderer: "simple" }).run();
}

/** Resolves when the process is asked to end. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
