import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import { type EmbeddedProcess, startEmbeddedProcess } from "../hosts/embedded-process.ts";
import { enable } from "../mounts.ts";
import { exampleAuth, kv, type Plugin, type PluginDirectory, preparePluginDirectory, sha256 } from "../plugins.ts";
import { eventually, runningPlugins } from "../processes.ts";

const policy = 'path "secrets/*" { capabilities = ["read"] }';

describe("an embedded host with a data folder that is killed and started again", () => {
  const data = mkdtempSync(join(tmpdir(), "host-data-"));
  let plugins: PluginDirectory;
  let host: EmbeddedProcess;
  let root: Client;
  let user: Client;
  let shortLived: Client;
  let lease: string;

  before(async () => {
    plugins = await preparePluginDirectory();
    host = await startEmbeddedProcess(plugins.path, data);
    root = createClient(host.address, host.rootToken);
    await fill();

    const before = runningPlugins(plugins.path);
    await host.kill();
    await eventually("the end of the plugins without their host", () => runningPlugins(plugins.path).length === 0);
    assert.equal(before.length, 2);
    await sleep(1_000);

    host = await startEmbeddedProcess(plugins.path, data);
    root = createClient(host.address, host.rootToken);
    user = createClient(host.address, userToken);
    shortLived = createClient(host.address, shortToken);
  });

  after(async () => {
    await host.stop();
    await eventually("the end of the plugins with their host", () => runningPlugins(plugins.path).length === 0);
    plugins.remove();
    rmSync(data, { recursive: true });
  });

  let userToken = "";
  let shortToken = "";

  async function fill(): Promise<void> {
    for (const plugin of [kv, exampleAuth]) await register(plugin);
    await enable(root, kv, "secrets", { description: "kept" });
    await enable(root, kv, "leased", { options: { leased_passthrough: "true" } });
    await enable(root, exampleAuth, "people");
    expectStatus(await root.write("sys/policies/acl/reader", { policy }), 204);
    expectStatus(await root.write("secrets/a", { kept: "yes" }), 204);
    expectStatus(await root.write("auth/people/users/ada", { password: "pw", token_policies: "reader" }), 204);
    const login = await root.withToken(undefined).write("auth/people/login/ada", { password: "pw" });
    userToken = expectText(expectStatus(login, 200), "auth", "client_token");
    const token = await root.write("auth/token/create", { ttl: "1s", policies: ["reader"] });
    shortToken = expectText(expectStatus(token, 200), "auth", "client_token");
    expectStatus(await root.write("leased/long", { ttl: "1h" }), 204);
    lease = expectText(expectStatus(await root.read("leased/long"), 200), "lease_id");
    expectStatus(await root.write("leased/short", { ttl: "1s" }), 204);
    expectStatus(await root.read("leased/short"), 200);
  }

  async function register(plugin: Plugin): Promise<void> {
    const body = { sha256: sha256(join(plugins.path, plugin.name)), command: plugin.name };
    expectStatus(await root.write(`sys/plugins/catalog/${plugin.type}/${plugin.name}`, body), 204);
  }

  test("runs the plugins again", () => {
    assert.equal(runningPlugins(plugins.path).length, 2);
  });

  test("has its mounts and what they kept", async () => {
    assert.equal(expectStatus(await root.read("sys/mounts/secrets"), 200).at("data", "description"), "kept");
    assert.deepEqual(expectStatus(await root.read("secrets/a"), 200).at("data"), { kept: "yes" });
  });

  test("knows its users, and the token that one of them got before", async () => {
    const login = await root.withToken(undefined).write("auth/people/login/ada", { password: "pw" });

    expectText(expectStatus(login, 200), "auth", "client_token");
    expectStatus(await user.read("secrets/a"), 200);
  });

  test("applies its policies", async () => {
    assert.equal(expectStatus(await root.read("sys/policies/acl/reader"), 200).at("data", "policy"), policy);
    expectRefusal(await user.write("secrets/a", { x: 1 }), 403);
  });

  test("has the leases that still live, and can renew and revoke them", async () => {
    expectStatus(await root.write("sys/leases/lookup", { lease_id: lease }), 200);
    expectStatus(await root.write("sys/leases/renew", { lease_id: lease }), 200);
    expectStatus(await root.write("sys/leases/revoke", { lease_id: lease }), 204);
    expectRefusal(await root.write("sys/leases/lookup", { lease_id: lease }), 400, "invalid lease");
  });

  test("ends the tokens and leases whose time came while it was dead", async () => {
    expectRefusal(await shortLived.read("secrets/a"), 403);
    await eventually(
      "the end of the lease",
      async () => (await root.list("sys/leases/lookup/leased/short")).status === 404,
    );
  });

  test("refuses a second host on the same folder, and says why", async () => {
    await assert.rejects(startEmbeddedProcess(plugins.path, data), /the data directory .* is used by another host/);
  });

  test("keeps its files to their owner", { skip: process.platform === "win32" }, () => {
    for (const name of ["vaultwright.db", "vaultwright.db-wal", "vaultwright.db-shm", "lock.db"])
      assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name);
  });

  test("writes neither tokens nor secrets to its log", () => {
    for (const secret of [host.rootToken, userToken, shortToken, "hvs."]) assert.ok(!host.output().includes(secret));
  });
});
