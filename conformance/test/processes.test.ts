import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Log, launch } from "@vaultwright/core/launch";
import { type RunningHost, startHost } from "@vaultwright/host";
import { type Client, createClient } from "../client.ts";
import { expectStatus } from "../expect.ts";
import { enable } from "../mounts.ts";
import { kv, mock, type PluginDirectory, preparePluginDirectory, sha256 } from "../plugins.ts";
import { eventually, processesOf, runningPlugins } from "../processes.ts";

const nothing = (): void => {};
const silent: Log = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  with: () => silent,
};

for (const multiplex of [true, false]) {
  describe(`the embedded host ${multiplex ? "with" : "without"} multiplexing`, () => {
    let plugins: PluginDirectory;
    let host: RunningHost;
    let client: Client;

    before(async () => {
      plugins = await preparePluginDirectory();
      const options = { pluginDirectory: plugins.path, log: silent };
      host = await startHost({ ...options, launch: (launching) => launch({ ...launching, multiplex }) });
      client = createClient(host.address, host.rootToken);
      for (const { name, type } of [kv, mock]) {
        const body = { sha256: sha256(join(plugins.path, name)), command: name };
        expectStatus(await client.write(`sys/plugins/catalog/${type}/${name}`, body), 204);
      }
      await enable(client, kv, "one");
      await enable(client, kv, "other");
      await enable(client, mock, "mock");
    });

    after(async () => {
      await host.close();
      await eventually("the end of the plugins", () => runningPlugins(plugins.path).length === 0);
      plugins.remove();
    });

    test("keeps two mounts of a plugin apart", async () => {
      expectStatus(await client.write("one/same", { from: "one" }), 204);

      expectStatus(await client.read("other/same"), 404);
      expectStatus(await client.list("other/"), 404);
      assert.equal(processesOf(join(plugins.path, kv.name)).length, multiplex ? 1 : 2);
    });

    test("starts a plugin that died once for many requests, and answers all of them", async () => {
      expectStatus(await client.write("one/a", { kept: true }), 204);
      const before = processesOf(join(plugins.path, kv.name));

      for (const pid of before) process.kill(pid, "SIGKILL");
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => client.read(index % 2 === 0 ? "one/a" : "other/a")),
      );

      assert.deepEqual(
        answers.map(({ status }) => status),
        answers.map((_, index) => (index % 2 === 0 ? 200 : 404)),
      );
      const now = processesOf(join(plugins.path, kv.name));
      assert.equal(now.length, before.length);
      assert.ok(now.every((pid) => !before.includes(pid)));
    });

    test("cancels the plugin's call when the client goes away", async () => {
      const gone = new AbortController();
      const lines = async (): Promise<unknown> => (await client.read("mock/diary")).at("data", "lines");
      const holds = (line: string) => async () => JSON.stringify(await lines()).includes(line);
      const headers = { "X-Vault-Token": host.rootToken };
      const call = fetch(`${host.address}/v1/mock/wait`, { method: "POST", headers, body: "{}", signal: gone.signal });
      const ended = assert.rejects(call);
      await eventually("the arrival of the call", holds("waiting"));

      gone.abort();

      await ended;
      await eventually("the end of the call", holds("aborted"));
    });
  });
}
