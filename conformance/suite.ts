import { after, before } from "node:test";
import type { ServerUnderTest } from "./hosts/server.ts";
import { register } from "./mounts.ts";
import { type PluginDirectory, plugins, preparePluginDirectory } from "./plugins.ts";
import { eventually, runningPlugins } from "./processes.ts";

/** Registers tests that run against a server. */
export type Cases = (server: () => ServerUnderTest) => void;

/** Starts a server with all plugins in its catalogue, runs cases against it, and stops it. */
export function runCases(start: (pluginDirectory: string) => Promise<ServerUnderTest>, cases: readonly Cases[]): void {
  let directory: PluginDirectory | undefined;
  let server: ServerUnderTest | undefined;

  function running(): ServerUnderTest {
    if (server === undefined) throw new Error("the server was not started");
    return server;
  }

  before(async () => {
    directory = await preparePluginDirectory();
    server = await start(directory.path);
    for (const plugin of plugins) await register(server, plugin);
  });

  for (const register of cases) register(running);

  after(async () => {
    await server?.stop();
    const path = directory?.path ?? "";
    await eventually("the end of the plugins with their server", () => runningPlugins(path).length === 0);
    directory?.remove();
  });
}
