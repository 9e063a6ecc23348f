import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startHost } from "@vaultwright/host";
import { upgradeMount } from "../cases/kv-upgrade.ts";
import { type Client, createClient } from "../client.ts";
import { whereGoIs } from "../go.ts";
import { collect } from "../hosts/embedded.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { enable, register } from "../mounts.ts";
import { kv, type Plugin, preparePluginDirectory } from "../plugins.ts";

const reference: Plugin = { name: "kv-go", type: "secret" };
const text = "x".repeat(10_000);
const merge = { "Content-Type": "application/merge-patch+json" };

type Work = (client: Client, path: string) => Promise<unknown>;

const operations: Readonly<Record<string, Work>> = {
  read: (client, path) => client.read(`${path}/data/short`),
  "read of an older version": (client, path) => client.read(`${path}/data/short?version=1`),
  "read of a long value": (client, path) => client.read(`${path}/data/long`),
  subkeys: (client, path) => client.read(`${path}/subkeys/short`),
  "first write": (client, path) => client.write(`${path}/data/new`, { data: { a: 1 } }),
  write: (client, path) => client.write(`${path}/data/short`, { data: { a: 1 } }),
  "write, window full": (client, path) => client.write(`${path}/data/full`, { data: { a: 1 } }),
  "write of a long value": (client, path) => client.write(`${path}/data/long`, { data: { text } }),
  patch: (client, path) => client.request("PATCH", `${path}/data/short`, { headers: merge, body: { data: { b: 2 } } }),
  delete: (client, path) => client.delete(`${path}/data/short`),
  undelete: (client, path) => client.write(`${path}/undelete/short`, { versions: [1] }),
  destroy: (client, path) => client.write(`${path}/destroy/short`, { versions: [1] }),
  "metadata read": (client, path) => client.read(`${path}/metadata/short`),
  "metadata write": (client, path) => client.write(`${path}/metadata/short`, { max_versions: 3 }),
  list: (client, path) => client.list(`${path}/metadata`),
  "removal, ten versions": (client, path) => client.delete(`${path}/metadata/full`),
};

whereGoIs("storage calls of the KV plugin in Go and of ours", () => {
  test("no request needs more storage calls than with the plugin in Go, and reads and writes need fewer", async (t) => {
    const directory = await preparePluginDirectory();
    await copyFile(await buildGoHost("kv-go"), join(directory.path, reference.name));
    const host = await startHost({ pluginDirectory: directory.path, log: collect([]) });
    t.after(async () => {
      await host.close();
      directory.remove();
    });
    const client = createClient(host.address, host.rootToken);
    for (const plugin of [reference, kv]) {
      await register({ ...host, pluginDirectory: directory.path }, plugin);
      await enable(client, plugin, plugin.name);
      await upgradeMount(client, plugin.name);
      for (let n = 0; n < 10; n += 1) await client.write(`${plugin.name}/data/full`, { data: { n } });
      for (let n = 0; n < 2; n += 1) await client.write(`${plugin.name}/data/long`, { data: { text, n } });
      for (let n = 0; n < 2; n += 1) await client.write(`${plugin.name}/data/short`, { data: { n } });
    }
    const callsOf = async (path: string, work: Work): Promise<readonly string[]> => {
      const calls: string[] = [];
      host.faults.setStorageFault(({ operation }) => void calls.push(operation), path);
      await work(client, path);
      host.faults.setStorageFault(undefined, path);
      return calls;
    };

    for (const [what, work] of Object.entries(operations)) {
      const [go, ours] = [await callsOf(reference.name, work), await callsOf(kv.name, work)];
      t.diagnostic(`${what.padEnd(26)} Go: ${go.join(" ").padEnd(40)} ours: ${ours.join(" ")}`);
      assert.ok(ours.length <= go.length, what);
      if (/read|write|subkeys|patch/.test(what) && !/metadata read|long/.test(what))
        assert.ok(ours.length < go.length, what);
    }
  });
});
