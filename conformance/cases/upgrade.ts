import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { compile } from "../../scripts/compile.ts";
import { root } from "../../scripts/project.ts";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { managementPath, rootClient, useMount } from "../mounts.ts";
import { exampleAuth, sha256 } from "../plugins.ts";

const version = "v99.0.0";
const command = `${exampleAuth.name}-${version}`;
const entry = `sys/plugins/catalog/auth/${exampleAuth.name}`;

/** A newer version of a plugin that takes the place of the one that a mount runs. */
export function upgradeCases(server: () => ServerUnderTest): void {
  describe("an upgrade in place", () => {
    const mount = useMount(server, exampleAuth);
    let folder = "";

    before(async () => {
      // Inside the repository, so that what the program imports is found.
      mkdirSync(join(root, ".cache", "conformance"), { recursive: true });
      folder = mkdtempSync(join(root, ".cache", "conformance", "upgrade-"));
      const program = join(folder, "main.ts");
      const plugin = JSON.stringify(join(root, "plugins", "example-auth", "src", "example-auth.ts"));
      const manifest = JSON.stringify({ name: exampleAuth.name, version: version.slice(1) });
      writeFileSync(
        program,
        `import { serve } from "@vaultwright/core"; import { exampleAuth } from ${plugin}; await serve(exampleAuth, ${manifest});`,
      );
      await compile(program, join(server().pluginDirectory, command));
    });
    after(async () => {
      rmSync(folder, { recursive: true, force: true });
      // Otherwise the mounts of other cases would run the newest version, which this is.
      if (server().abilities.hasPluginVersions)
        expectStatus(await rootClient(server()).delete(`${entry}?version=${version}`), 204);
    });

    test("keeps what the mount has stored", async (t) => {
      if (!server().abilities.hasPluginVersions) return t.skip("this server knows no versions of plugins");
      const { client, path } = mount();
      const name = path.replace("auth/", "");
      await client.write(`${path}/users/bob`, { password: "pw" });
      const hash = sha256(join(server().pluginDirectory, command));

      expectStatus(await client.write(entry, { command, version, sha256: hash }), 204);
      expectStatus(await client.write(`${managementPath(exampleAuth, name)}/tune`, { plugin_version: version }), 204);
      expectStatus(await client.write("sys/plugins/reload/backend", { mounts: `${path}/` }), 200);

      const mounts = expectStatus(await client.read("sys/auth"), 200);
      assert.equal(mounts.at("data", `${name}/`, "running_plugin_version"), version);
      expectStatus(await client.withToken(undefined).write(`${path}/login/bob`, { password: "pw" }), 200);
    });
  });
}
