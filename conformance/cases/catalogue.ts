import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { rootClient } from "../mounts.ts";
import { exampleAuth, kv, plugins, sha256, versionOf } from "../plugins.ts";

const name = "catalogue-probe";
const entry = `sys/plugins/catalog/secret/${name}`;
const noVersions = "this server's catalogue has no versions";

/** Registering: the hash that pins a file, the version that it reports, and taking it out again. */
export function catalogueCases(server: () => ServerUnderTest): void {
  const fileOf = (plugin: string): string => join(server().pluginDirectory, plugin);
  // A plugin that reports a version is found under that version only, where the catalogue has versions.
  const locate = async (path: string, plugin: string): Promise<string> =>
    server().abilities.hasPluginVersions ? `${path}?version=${await versionOf(fileOf(plugin))}` : path;

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

    test("refuses another version than the plugin reports", async (t) => {
      if (!server().abilities.hasPluginVersions) return t.skip(noVersions);
      const body = { command: kv.name, sha256: sha256(fileOf(kv.name)), version: "v99.0.0" };

      const answer = await rootClient(server()).write(entry, body);

      expectRefusal(answer, 400, "version mismatch");
    });

    test("takes a plugin and files it under the version that it reports", async () => {
      const client = rootClient(server());
      const hash = sha256(fileOf(kv.name));
      const version = await versionOf(fileOf(kv.name));

      expectStatus(await client.write(entry, { command: kv.name, sha256: hash }), 204);

      const answer = expectStatus(await client.read(await locate(entry, kv.name)), 200);
      assert.match(version, /^v\d+\.\d+\.\d+$/);
      assert.equal(answer.at("data", "name"), name);
      assert.equal(answer.at("data", "sha256"), hash);
      assert.equal(answer.at("data", "builtin"), false);
      if (!server().abilities.hasPluginVersions) return;
      assert.equal(answer.at("data", "version"), version);
      expectStatus(await client.read(entry), 404);
    });

    test("lists what is registered", async () => {
      const client = rootClient(server());

      const answer = expectStatus(await client.read("sys/plugins/catalog"), 200);

      if (!server().abilities.hasPluginVersions) {
        const secrets = plugins.filter(({ type }) => type === "secret").map((plugin) => plugin.name);
        assert.deepEqual(answer.at("data", "secret"), [name, ...secrets].sort());
        assert.deepEqual(answer.at("data", "auth"), [exampleAuth.name]);
        return;
      }
      const detailed = answer.at("data", "detailed");
      assert.ok(Array.isArray(detailed));
      const listed = detailed.map(({ name: at, type, version }) => `${type}/${at} ${version}`);
      for (const { type, name: at } of [{ type: "secret", name }, ...plugins]) {
        const version = await versionOf(fileOf(at === name ? kv.name : at));
        assert.ok(listed.includes(`${type}/${at} ${version}`), `${at} is missing in ${listed}`);
      }
    });

    test("forgets a plugin that is deregistered", async () => {
      const client = rootClient(server());
      const place = await locate(entry, kv.name);

      expectStatus(await client.delete(place), 204);

      expectStatus(await client.read(place), 404);
      expectStatus(await client.write(`sys/mounts/${name}`, { type: name }), 400);
    });

    for (const plugin of plugins) {
      test(`shows ${plugin.name}, with its version where there are versions`, async () => {
        const place = await locate(`sys/plugins/catalog/${plugin.type}/${plugin.name}`, plugin.name);
        const version = server().abilities.hasPluginVersions ? await versionOf(fileOf(plugin.name)) : undefined;

        const answer = expectStatus(await rootClient(server()).read(place), 200);

        assert.equal(answer.at("data", "name"), plugin.name);
        assert.equal(answer.at("data", "version"), version);
      });
    }
  });
}
