import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { managementPath, register, rootClient } from "../mounts.ts";
import { exampleAuth, versionOf } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** Registering and enabling the example auth method. */
export function authMountCases(server: () => ServerUnderTest): void {
  describe("mounts of the example auth method", () => {
    test("are made by the name under which it is registered", async () => {
      verifies("A1");
      const client = rootClient(server());
      const path = managementPath(exampleAuth, "by-name");

      await register(server(), exampleAuth);
      expectStatus(await client.write(path, { type: exampleAuth.name }), 204);

      expectStatus(await client.delete(path), 204);
    });

    test("run the version that they are made with", async (t) => {
      verifies("A18");
      if (!server().abilities.hasPluginVersions) return t.skip("this server's catalogue has no versions");
      const client = rootClient(server());
      const path = managementPath(exampleAuth, "by-version");
      const version = await versionOf(join(server().pluginDirectory, exampleAuth.name));

      expectStatus(await client.write(path, { type: exampleAuth.name, plugin_version: version }), 204);

      assert.equal(expectStatus(await client.read(`${path}/tune`), 200).at("data", "plugin_version"), version);
      expectStatus(await client.delete(path), 204);
    });
  });
}
