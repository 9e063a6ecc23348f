import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth, kv, type Plugin } from "../plugins.ts";
import { eventually, processesOf } from "../processes.ts";
import { verifies } from "../verifies.ts";

/** How a server mounts by protocol version 4: one process describes the plugin, and the first request starts another. */
export function twoProcessCases(server: () => ServerUnderTest): void {
  const processCount = (plugin: Plugin): number => processesOf(join(server().pluginDirectory, plugin.name)).length;

  describe("a mount that is described by one process and served by another", () => {
    const store = useMount(server, kv);
    const users = useMount(server, exampleAuth);

    test("has no process before its first request, and one afterwards, which uses its storage", async () => {
      // The server refuses a request when type or special paths differ; storage goes over the brokered connection.
      verifies("W46", "W84");
      await eventually("the end of the first process", () => processCount(kv) === 0);

      const { client, path } = store();
      expectStatus(await client.write(`${path}/a`, { kept: true }), 204);

      assert.deepEqual(expectStatus(await client.read(`${path}/a`), 200).at("data"), { kept: true });
      assert.equal(processCount(kv), 1);
    });

    test("lets users log in without a token by what the first process said", async () => {
      const { client, path } = users();
      expectStatus(await client.write(`${path}/users/bob`, { password: "pw" }), 204);

      expectStatus(await client.withToken(undefined).write(`${path}/login/bob`, { password: "pw" }), 200);
    });
  });
}
