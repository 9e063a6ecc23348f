import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Backend } from "@vaultwright/core/launch";
import { startHost } from "../src/host.ts";
import { passThrough } from "./pass-through.ts";
import { silentLog } from "./silent-log.ts";
import { startTestHost } from "./test-host.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A plugin that answers reads and ends its mounts only when it is let. */
function holding() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const backend: Backend = {
    type: "secret",
    checkExistence: async () => undefined,
    cleanup: () => released,
    async handleRequest({ operation }) {
      if (operation !== "read") return undefined;
      reach();
      await released;
      return { data: {} };
    },
  };
  return { holder: { factory: () => backend }, reached, release };
}

test("closes although a plugin hangs, and gives its port and its folder free", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const { holder, reached, release } = holding();
  const host = await startTestHost({ holder }, { dataDirectory });
  await host.mount("secret", "holder");
  const read = host.call("GET", "holder/a");
  await reached;

  let isClosed = false;
  const closed = host.host.close().then(() => {
    isClosed = true;
  });
  await assert.rejects(read);
  for (let seconds = 0; seconds < 30 && !isClosed; seconds += 1) await host.clock.advance(1);
  assert.ok(isClosed);
  await closed;

  const port = Number(new URL(host.host.address).port);
  const listening = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve, reject) => listening.once("listening", resolve).once("error", reject));
  listening.close();
  release();
  await using again = await startTestHost(host.plugins, { dataDirectory });
  assert.equal((await again.call("GET", "sys/mounts/holder")).status, 200);
});

test("starts no plugin again for a request that waited while its mount was disabled", async () => {
  const { holder, reached, release } = holding();
  await using host = await startTestHost({ holder });
  await host.mount("secret", "holder");
  const before = host.plugins.starts("holder");
  const first = host.call("GET", "holder/a");
  await reached;
  const disabled = host.call("DELETE", "sys/mounts/holder");
  const waiting = host.call("GET", "holder/b");
  for (let count = 0; count < 20; count += 1) await turn();
  release();

  const answers = await Promise.all([first, disabled, waiting]);

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 204, 404],
  );
  assert.equal(host.plugins.starts("holder"), before);
});

test("opens once when it is unsealed by several at the same time", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");
  await host.call("PUT", "sys/seal");
  const before = host.plugins.starts("store");
  const body = { key: host.host.unsealKey };

  const answers = await Promise.all([1, 2, 3].map(() => host.call("PUT", "sys/unseal", { body })));

  assert.deepEqual(
    answers.map((answer) => answer.body.sealed),
    [false, false, false],
  );
  assert.equal(host.plugins.starts("store"), before + 1);
});

test("can be closed twice", async () => {
  const host = await startTestHost();

  await Promise.all([host.host.close(), host.host.close()]);
  await host.host.close();
});

test("leaves nothing behind when its port is taken", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const options = { pluginDirectory: tmpdir(), log: silentLog };
  await using first = await startTestHost();
  const address = { host: "127.0.0.1", port: Number(new URL(first.host.address).port) };

  await assert.rejects(startHost({ ...options, dataDirectory, address }), /EADDRINUSE/);

  await (await startHost({ ...options, dataDirectory })).close();
});

test("ends the root token of before when another one is given", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const first = await startTestHost({}, { dataDirectory, rootToken: "first" });
  const child = await first.call("POST", "auth/token/create", { body: { policies: ["default"] } });
  await first.host.close();

  await using second = await startTestHost({}, { dataDirectory, rootToken: "second" });

  assert.equal((await second.call("GET", "sys/mounts", { token: "first" })).status, 403);
  assert.equal((await second.call("GET", "sys/mounts", { token: "second" })).status, 200);
  const token = child.body.auth.client_token;
  assert.equal((await second.call("GET", "auth/token/lookup-self", { token })).status, 200);
});
