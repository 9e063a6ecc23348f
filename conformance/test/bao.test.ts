import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startBao } from "../hosts/bao.ts";
import type { KillableServer } from "../hosts/server-process.ts";
import { eventually, isAlive } from "../processes.ts";

const fake = join(import.meta.dirname, "..", "hosts", "fake-bao.mjs");

test("a host made of the program of OpenBao is configured, initialized, unsealed and stopped", async () => {
  const server = await startBao(fake, "/plugins");

  const { config, environment, pid } = await started(server);
  assert.deepEqual(config, {
    storage: { inmem: {} },
    listener: { tcp: { address: server.address.slice("http://".length), tls_disable: true } },
    api_addr: server.address,
    plugin_directory: "/plugins",
    log_format: "json",
    log_level: "debug",
  });
  assert.doesNotMatch(String(environment), /NODE_TEST_CONTEXT/);
  assert.deepEqual(
    [server.host, server.rootToken, server.unsealKey],
    [{ kind: "openbao", version: "2.5.5" }, "s.root", "the only share"],
  );
  assert.deepEqual(
    server.logs().filter(({ level }) => level !== "info"),
    [],
  );
  await server.stop();
  assert.equal(isAlive(Number(pid)), false);
});

test("a host made of the program of OpenBao can be killed", async () => {
  const server = await startBao(fake, "/plugins");
  const { pid } = await started(server);

  await server.kill();

  assert.equal(isAlive(Number(pid)), false);
});

test("what the program of OpenBao says is told when it does not start", async () => {
  await assert.rejects(startBao(fake, "/refused"), /OpenBao ended with 1.*error loading configuration/);
  await assert.rejects(startBao("/nowhere/bao", "/plugins"), /ENOENT/);
});

async function started(server: KillableServer): Promise<Readonly<Record<string, unknown>>> {
  const find = () => server.logs().find(({ message }) => message === "started");
  await eventually("the first line of the log", () => find() !== undefined);
  return find()?.fields ?? {};
}
