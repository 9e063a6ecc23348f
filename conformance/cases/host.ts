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

    test("is heard where the server cannot do what only a paid Vault can", async () => {
      const { client, path } = mount();

      const told = expectStatus(await client.write(`${path}/system`), 200);

      // OpenBao and Vault 1.10 lack the calls, which is told in words of our own; newer Vaults have words of theirs.
      const refusal = /^unsupported operation$|not supported in Vault community edition$/;
      for (const question of ["identityToken", "rotationInformation", "registerRotationJob"])
        assert.match(String(told.at("data", question, "message")), refusal, question);
    });
  });
}
