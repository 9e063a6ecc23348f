import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";

/** What a plugin learns of the server that runs it. */
export function hostCases(server: () => ServerUnderTest): void {
  describe("what a plugin takes its server for", () => {
    const mount = useMount(server, mock);

    test("is the server's product and version, from its environment and from its system view", async () => {
      const { client, path } = mount();

      const told = expectStatus(await client.write(`${path}/system`), 200);

      assert.deepEqual(told.at("data", "host", "value"), server().host);
      assert.equal(told.at("data", "pluginEnvironment", "value", "version"), server().host.version);
    });
  });
}
