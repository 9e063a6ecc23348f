import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost } from "../test-host.ts";

test("says that it is initialized, and cannot be once more", async () => {
  await using host = await startTestHost();

  const read = await host.call("GET", "sys/init", { token: "" });
  const refused = await host.call("PUT", "sys/init", {
    token: "",
    body: { secret_shares: 1, secret_threshold: 1 },
  });

  assert.deepEqual([read.status, read.body], [200, { initialized: true }]);
  assert.deepEqual([refused.status, refused.body.errors], [400, ["Vault is already initialized"]]);
});

test("has no leader, as a server without others", async () => {
  await using host = await startTestHost();

  const { body } = await host.call("GET", "sys/leader", { token: "" });

  assert.equal(body.ha_enabled, false);
  assert.equal(body.leader_address, "");
});

test("says how it is with the status that a client chooses", async () => {
  await using host = await startTestHost();
  const health = async (query = "") => (await host.call("GET", `sys/health${query}`, { token: "" })).status;

  assert.equal(await health(), 200);
  assert.equal(await health("?activecode=299"), 299);
  assert.equal(await health("?standbycode=299"), 200);
  assert.equal(await health("?sealedcode=odd"), 400);
  await host.call("PUT", "sys/seal");
  assert.equal(await health(), 503);
  assert.equal(await health("?sealedcode=298"), 298);
  assert.equal((await host.call("HEAD", "sys/health", { token: "" })).status, 503);
});

test("refuses to unseal with what is no key, and to begin anew when it is open", async () => {
  await using host = await startTestHost();
  const unseal = async (body: object) => (await host.call("PUT", "sys/unseal", { token: "", body })).body.errors[0];

  assert.equal(await unseal({}), "'key' must be specified in request body as JSON, or 'reset' set to true");
  assert.equal(await unseal({ key: "z" }), "'key' must be a valid hex or base64 string");
  assert.equal(await unseal({ reset: true }), "vault is unsealed");
});

test("allows no other operations at these paths", async () => {
  await using host = await startTestHost();

  const read = await host.call("GET", "sys/unseal", { token: "" });
  const write = await host.call("POST", "sys/leader", { token: "" });

  assert.deepEqual([read.status, write.status], [405, 405]);
});
