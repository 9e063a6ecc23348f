import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakePlugins } from "../fake-plugins.ts";
import { createLeasing } from "../leasing.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("writes, reads, lists and deletes policies, and refuses broken ones", async () => {
  await using host = await startTestHost();
  const policy = 'path "a" { capabilities = ["read"] }';

  const written = await host.call("PUT", "sys/policies/acl/Mine", { body: { policy } });
  const replaced = await host.call("PUT", "sys/policy/mine", { body: { rules: policy } });
  const reserved = await host.call("PUT", "sys/policies/acl/control-group", { body: { policy } });
  const read = await host.call("GET", "sys/policies/acl/mine");
  const old = await host.call("GET", "sys/policy/mine");
  const listed = await host.call("LIST", "sys/policies/acl");
  const broken = await host.call("PUT", "sys/policies/acl/broken", { body: { policy: 'path "a" {' } });
  const empty = await host.call("PUT", "sys/policies/acl/empty", { body: {} });
  const root = await host.call("PUT", "sys/policies/acl/root", { body: { policy } });
  const removed = await host.call("DELETE", "sys/policies/acl/mine");
  const gone = await host.call("GET", "sys/policies/acl/mine");

  assert.deepEqual([written.status, written.body.warnings], [200, ["policy name was converted to mine"]]);
  assert.deepEqual(replaced.body.warnings, ["'rules' is deprecated, please use 'policy' instead"]);
  assert.deepEqual(reserved.body.errors, ['cannot update "control-group" policy']);
  assert.deepEqual(read.body.data, { name: "mine", policy });
  assert.deepEqual([old.body.rules, old.body.data.rules], [policy, policy]);
  assert.deepEqual(listed.body.data.keys, ["default", "mine", "root"]);
  assert.equal(broken.status, 400);
  assert.match(broken.body.errors[0], /^failed to parse policy: At 1:11: /);
  assert.deepEqual(empty.body.errors, ["'policy' parameter not supplied or empty"]);
  assert.equal(root.status, 400);
  assert.equal(removed.status, 204);
  assert.equal(gone.status, 404);
});

test("takes policies as JSON, and as base64", async () => {
  await using host = await startTestHost();
  const policy = '{"path":{"a":{"capabilities":["read"]}}}';

  await host.call("PUT", "sys/policies/acl/json", { body: { policy } });
  await host.call("PUT", "sys/policies/acl/packed", { body: { policy: Buffer.from(policy).toString("base64") } });
  const { body } = await host.call("GET", "sys/policies/acl/packed");

  assert.equal(body.data.policy, policy);
});

test("enforces policies, create apart from update", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");
  await host.call("PUT", "sys/policies/acl/creator", {
    body: { policy: 'path "kv/*" { capabilities = ["create", "read"] }' },
  });
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["creator"] } });
  const token = body.auth.client_token;

  const created = await host.call("POST", "kv/a", { token, body: { x: 1 } });
  const updated = await host.call("POST", "kv/a", { token, body: { x: 2 } });
  const mounted = await host.call("POST", "sys/mounts/other", { token, body: { type: "store" } });
  const capabilities = await host.call("POST", "sys/capabilities-self", { token, body: { paths: ["kv/a", "sys/x"] } });

  assert.equal(created.status, 204);
  assert.deepEqual([updated.status, updated.body.errors], [403, ["1 error occurred:\n\t* permission denied\n\n"]]);
  assert.equal(mounted.status, 403);
  assert.deepEqual(capabilities.body.data, { "kv/a": ["create", "read"], "sys/x": ["deny"] });
});

test("wraps an answer, lets it be looked at, and gives it out once", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");
  await host.call("POST", "kv/a", { body: { x: 1 } });

  const wrapped = await host.call("GET", "kv/a", { headers: { "X-Vault-Wrap-TTL": "60s" } });
  const { token } = wrapped.body.wrap_info;
  const looked = await host.call("POST", "sys/wrapping/lookup", { body: { token }, token: "" });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token });
  const again = await host.call("POST", "sys/wrapping/unwrap", { token });

  assert.equal(wrapped.body.data, null);
  assert.equal(wrapped.body.wrap_info.creation_path, "kv/a");
  assert.equal(wrapped.body.wrap_info.ttl, 60);
  assert.equal(looked.body.data.creation_path, "kv/a");
  assert.deepEqual(opened.body.data, { x: 1 });
  assert.deepEqual([again.status, again.body.errors], [400, ["wrapping token is not valid or does not exist"]]);
});

test("wraps what is sent, to be opened by whoever may", async () => {
  await using host = await startTestHost();
  const wrapped = await host.call("POST", "sys/wrapping/wrap", {
    body: { a: "b" },
    headers: { "X-Vault-Wrap-TTL": "60" },
  });
  const { token } = wrapped.body.wrap_info;

  const opened = await host.call("POST", "sys/wrapping/unwrap", { body: { token } });
  const unasked = await host.call("POST", "sys/wrapping/wrap", { body: { a: "b" } });

  assert.deepEqual(opened.body.data, { a: "b" });
  assert.equal(unasked.status, 400);
});

test("forgets what is wrapped when its time is over", async () => {
  await using host = await startTestHost();
  const wrapped = await host.call("POST", "sys/wrapping/wrap", {
    body: { a: "b" },
    headers: { "X-Vault-Wrap-TTL": "60" },
  });

  await host.clock.advance(60);
  const opened = await host.call("POST", "sys/wrapping/unwrap", { body: { token: wrapped.body.wrap_info.token } });

  assert.equal(opened.status, 400);
});

test("answers nothing while it is sealed", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");
  await host.call("POST", "kv/a", { body: { x: 1 } });

  const sealed = await host.call("PUT", "sys/seal");
  const read = await host.call("GET", "kv/a");
  const health = await host.call("GET", "sys/health", { token: "" });
  const wrong = await host.call("PUT", "sys/unseal", { body: { key: "wrong" }, token: "" });
  const unsealed = await host.call("PUT", "sys/unseal", { body: { key: host.host.unsealKey }, token: "" });
  const again = await host.call("GET", "kv/a");

  assert.equal(sealed.status, 204);
  assert.deepEqual([read.status, read.body], [503, { errors: ["Vault is sealed"] }]);
  assert.deepEqual([health.status, health.body.sealed], [503, true]);
  assert.equal(wrong.status, 400);
  assert.equal(unsealed.body.sealed, false);
  assert.deepEqual(again.body.data, { x: 1 });
});

test("has everything again that was kept in a folder", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const users = createLeasing();
  const plugins = fakePlugins({ store: passThrough, users });
  const first = await startTestHost(plugins, { dataDirectory });
  await first.mount("secret", "store", "kv");
  await first.mount("secret", "users");
  await first.call("POST", "kv/a", { body: { x: 1 } });
  await first.call("PUT", "sys/policies/acl/mine", { body: { policy: 'path "kv/*" { capabilities = ["read"] }' } });
  const { body } = await first.call("POST", "auth/token/create", { body: { policies: ["mine"] } });
  const lease = await first.call("GET", "users/creds/a");
  await first.host.close();

  await using second = await startTestHost(plugins, { dataDirectory });
  const read = await second.call("GET", "kv/a", { token: body.auth.client_token });
  const looked = await second.call("PUT", "sys/leases/lookup", { body: { lease_id: lease.body.lease_id } });
  await second.clock.advance(600);

  assert.equal(second.host.rootToken, first.host.rootToken);
  assert.deepEqual(read.body.data, { x: 1 });
  assert.equal(looked.body.data.ttl, 600);
  assert.equal(users.calls[0]?.operation, "revoke");
});

test("starts although a plugin is gone, and works again when it is back", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const plugins = fakePlugins({ store: passThrough });
  const first = await startTestHost(plugins, { dataDirectory });
  await first.mount("secret", "store", "kv");
  await first.call("POST", "kv/a", { body: { x: 1 } });
  await first.host.close();
  let isBroken = true;
  const launch: typeof plugins.launch = (options) =>
    isBroken ? Promise.reject(new Error("not there")) : plugins.launch(options);

  await using second = await startTestHost({ ...plugins, launch }, { dataDirectory });
  const broken = await second.call("GET", "kv/a");
  isBroken = false;
  const back = await second.call("GET", "kv/a");

  assert.equal(broken.status, 500);
  assert.deepEqual(back.body.data, { x: 1 });
});
