import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { slowHostCases } from "../cases/slow-hosts.ts";
import { createClient } from "../client.ts";
import { expectStatus } from "../expect.ts";
import { startEmbeddedProcess } from "../hosts/embedded-process.ts";
import { enable, processId } from "../mounts.ts";
import { mock, preparePluginDirectory, sha256 } from "../plugins.ts";
import { eventually, runningPlugins } from "../processes.ts";

slowHostCases();

// As near to a host that vanishes without a word as one machine permits: its sockets are open, and nobody answers there.
test("a host that stops finds its plugin as it was when it goes on, and leaves none when it never does", async (t) => {
  const plugins = await preparePluginDirectory();
  const data = mkdtempSync(join(tmpdir(), "host-data-"));
  const sockets = mkdtempSync(join(tmpdir(), "s-"));
  const host = await startEmbeddedProcess(plugins.path, data, { TMPDIR: sockets });
  t.after(async () => {
    await host.kill();
    plugins.remove();
    for (const folder of [data, sockets]) rmSync(folder, { recursive: true });
  });
  const client = createClient(host.address, host.rootToken);
  const entry = { sha256: sha256(join(plugins.path, mock.name)), command: mock.name };
  expectStatus(await client.write(`sys/plugins/catalog/${mock.type}/${mock.name}`, entry), 204);
  await enable(client, mock, "mount");
  const before = await processId({ client, path: "mount" });

  host.signal("SIGSTOP");
  // Longer than a plugin waits for a lost broker stream.
  await delay(5_000);
  assert.deepEqual(runningPlugins(plugins.path), [before]);
  host.signal("SIGCONT");
  assert.equal(await processId({ client, path: "mount" }), before);
  expectStatus(await client.write("mount/values/a", { value: "b" }), 204);
  const socketsWhileItRan = socketsIn(sockets);
  host.signal("SIGSTOP");
  await host.kill();

  await eventually("the end of the plugin", () => runningPlugins(plugins.path).length === 0);
  // The mount's socket is the host's, which was killed and could not remove it.
  assert.deepEqual([socketsWhileItRan.length, socketsIn(sockets).length], [2, 1]);
});

function socketsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isSocket(),
  );
}
