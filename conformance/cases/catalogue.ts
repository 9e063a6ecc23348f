import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { rootClient } from "../mounts.ts";
import { kv, plugins, sha256, versionOf } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const name = "catalogue-probe";
const entry = `sys/plugins/catalog/secret/${name}`;

/** Registering: the hash that pins a file, the version that it reports, and taking it out again. */
export function catalogueCases(server: () => ServerUnderTest): void {
  const fileOf = (plugin: string): string => join(server().pluginDirectory, plugin);

  describe("the catalogue", () => {
    test("starts no file whose SHA-256 is another one", async () => {
      const client = rootClient(server());

      const registered = await client.write(entry, { command: kv.name, sha256: "00".repeat(32) });
      const mounted = await client.write(`sys/mounts/${name}`, { type: name });

      // A host that starts a plugin to ask for its version may refuse at once; Vault 1.21.4 only warns, and refuses the
      // mount.
      expectStatus(mounted, 400);
      assert.match([...registered.errors, ...mounted.errors].join(), /checksums did not match/);
      await client.delete(entry);
    });

    test("refuses another version than the plugin reports", async () => {
      verifies("W70");
      const body = { command: kv.name, sha256: sha256(fileOf(kv.name)), version: "v99.0.0" };

      const answer = await rootClient(server()).write(entry, body);

      expectRefusal(answer, 400, "version mismatch");
    });

    test("takes a plugin and files it under the version that it reports", async () => {
      const client = rootClient(server());
      const hash = sha256(fileOf(kv.name));
      const version = await versionOf(fileOf(kv.name));

      expectStatus(await client.write(entry, { command: kv.name, sha256: hash }), 204);

      const answer = expectStatus(await client.read(`${entry}?version=${version}`), 200);
      assert.match(version, /^v\d+\.\d+\.\d+$/);
      assert.equal(answer.at("data", "name"), name);
      assert.equal(answer.at("data", "sha256"), hash);
      assert.equal(answer.at("data", "version"), version);
      assert.equal(answer.at("data", "builtin"), false);
      expectStatus(await client.read(entry), 404);
    });

    test("lists what is registered", async () => {
      const client = rootClient(server());

      const detailed = expectStatus(await client.read("sys/plugins/catalog"), 200).at("data", "detailed");

      assert.ok(Array.isArray(detailed));
      const listed = detailed.map(({ name: at, type, version }) => `${type}/${at} ${version}`);
      for (const { type, name: at } of [{ type: "secret", name }, ...plugins]) {
        const version = await versionOf(fileOf(at === name ? kv.name : at));
        assert.ok(listed.includes(`${type}/${at} ${version}`), `${at} is missing in ${listed}`);
      }
    });

    test("forgets a plugin that is deregistered", async () => {
      const client = rootClient(server());
      const version = await versionOf(fileOf(kv.name));

      expectStatus(await client.delete(`${entry}?version=${version}`), 204);

      expectStatus(await client.read(`${entry}?version=${version}`), 404);
      expectStatus(await client.write(`sys/mounts/${name}`, { type: name }), 400);
    });

    for (const plugin of plugins) {
      test(`shows the version of ${plugin.name}`, async () => {
        const version = await versionOf(fileOf(plugin.name));

        const answer = await rootClient(server()).read(
          `sys/plugins/catalog/${plugin.type}/${plugin.name}?version=${version}`,
        );

        assert.equal(expectStatus(answer, 200).at("data", "version"), version);
      });
    }
  });
}
