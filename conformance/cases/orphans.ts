import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { KillableServer } from "../hosts/server-process.ts";
import { enable, register, rootClient } from "../mounts.ts";
import { exampleAuth, kv, preparePluginDirectory } from "../plugins.ts";
import { eventually, runningPlugins } from "../processes.ts";

/** What becomes of plugins when their server dies without a word. */
export function orphanCases(start: (pluginDirectory: string) => Promise<KillableServer>): void {
  describe("a server that is killed", () => {
    test("leaves no plugin behind", async () => {
      const directory = await preparePluginDirectory();
      const server = await start(directory.path);
      for (const plugin of [kv, exampleAuth]) {
        await register(server, plugin);
        await enable(rootClient(server), plugin, "orphan");
      }
      expectStatus(await rootClient(server).write("orphan/a", { a: 1 }), 204);

      await server.kill();

      await eventually("the end of the plugins", () => runningPlugins(directory.path).length === 0);
      directory.remove();
    });
  });
}
