import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createLeasing } from "../leasing.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("keeps every setting of a mount", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");
  const settings = {
    allowed_managed_keys: ["k"],
    allowed_response_headers: ["X-B"],
    audit_non_hmac_request_keys: ["a"],
    audit_non_hmac_response_keys: ["b"],
    default_lease_ttl: 60,
    description: "d",
    identity_token_key: "default",
    listing_visibility: "unauth",
    max_lease_ttl: 120,
    options: { a: "b" },
    passthrough_request_headers: ["X-A"],
    trim_request_trailing_slashes: true,
  };

  const tuned = await host.call("POST", "sys/mounts/store/tune", {
    body: { ...settings, delegated_auth_accessors: ["auth_1"] },
  });
  const read = await host.call("GET", "sys/mounts/store/tune");
  const mount = await host.call("GET", "sys/mounts/store");

  assert.equal(tuned.status, 204);
  assert.deepEqual(read.body.data, { ...settings, force_no_cache: false });
  assert.deepEqual(mount.body.data.config.delegated_auth_accessors, ["auth_1"]);
});

test("leaves the default lifetime as it is where only the longest is shortened, and warns of what is capped", async () => {
  await using host = await startTestHost({ users: createLeasing({ ttl: 0 }) });
  await host.mount("secret", "users");

  await host.call("POST", "sys/mounts/users/tune", { body: { max_lease_ttl: "20m" } });
  const read = await host.call("GET", "sys/mounts/users/tune");
  const { body } = await host.call("GET", "users/creds/a");

  assert.deepEqual([read.body.data.default_lease_ttl, read.body.data.max_lease_ttl], [768 * 3600, 1200]);
  assert.equal(body.lease_duration, 1200);
  assert.deepEqual(body.warnings, [
    'TTL of "768h" exceeded the effective max_ttl of "20m"; TTL value is capped accordingly',
  ]);
});

test("refuses settings that cannot be", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");
  const tune = async (path: string, body: object) =>
    (await host.call("POST", `sys/${path}/tune`, { body })).body.errors[0];

  assert.equal(await tune("mounts/store", { identity_token_key: "odd" }), 'key "odd" does not exist');
  assert.equal(await tune("mounts/store", { listing_visibility: "odd" }), "invalid listing_visibility odd");
  assert.equal(await tune("mounts/store", { token_type: "batch" }), "'token_type' can only be modified on auth mounts");
  assert.equal(
    await tune("mounts/store", { plugin_version: "" }),
    'version "" is not a valid semantic version: Malformed version: ',
  );
  assert.equal(await tune("mounts/sys", { description: "x" }), 'cannot tune "sys/"');
  assert.equal(await tune("mounts/none", { description: "x" }), 'tune of path "none/" failed: no mount entry found');
});

test("tunes the lives of tokens, and remembers it", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  const first = await startTestHost({}, { dataDirectory });
  const tuned = await first.call("POST", "sys/auth/token/tune", {
    body: { default_lease_ttl: "1h", max_lease_ttl: "2h" },
  });
  const typed = await first.call("POST", "sys/auth/token/tune", { body: { token_type: "batch" } });
  await first.host.close();

  await using second = await startTestHost({}, { dataDirectory });
  const create = async (body: object) =>
    (await second.call("POST", "auth/token/create", { body: { policies: ["default"], ...body } })).body;
  const plain = await create({});
  const long = await create({ ttl: "5h" });
  const periodic = await create({ period: "5h" });

  assert.equal(tuned.status, 204);
  assert.deepEqual(typed.body.errors, ["'token_type' cannot be set for 'token' or 'ns_token' auth mounts"]);
  assert.equal(plain.auth.lease_duration, 3600);
  assert.equal(long.auth.lease_duration, 7200);
  assert.deepEqual(long.warnings, [
    'TTL of "5h" exceeded the effective max_ttl of "2h"; TTL value is capped accordingly',
  ]);
  assert.equal(periodic.auth.lease_duration, 7200);
});

test("takes the path of an auth method among the secrets engines' too", async () => {
  await using host = await startTestHost();

  const tuned = await host.call("POST", "sys/mounts/auth/token/tune", { body: { default_lease_ttl: "1h" } });
  const read = await host.call("GET", "sys/auth/token/tune");

  assert.equal(tuned.status, 204);
  assert.equal(read.body.data.default_lease_ttl, 3600);
});
