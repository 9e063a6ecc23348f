import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost } from "../test-host.ts";

const ignored = (names: string): string => `Endpoint ignored these unrecognized parameters: [${names}]`;
const replaced = (names: string): string =>
  `Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [${names}]`;

test("tells clients which of their parameters a path does not have", async () => {
  await using host = await startTestHost();

  const read = await host.call("GET", "sys/mounts?zz=1&aa=2");
  const written = await host.call("POST", "auth/token/create", { body: { policies: "default", TTL: "1h" } });
  const nothing = await host.call("POST", "sys/policies/acl/a", { body: { policy: 'path "a" {}', zz: 1 } });
  const known = await host.call("POST", "auth/token/create", { body: { policies: "default", ttl: "1h" } });

  assert.deepEqual(read.body.warnings, [ignored("aa zz")]);
  assert.deepEqual(written.body.warnings, [ignored("TTL")]);
  assert.equal(nothing.status, 204);
  assert.equal(known.body.warnings, null);
});

test("lets the path decide where the parameters say otherwise, and says so", async () => {
  await using host = await startTestHost();
  const body = { name: "other", metadata: { a: "b" }, zz: 1 };

  const made = await host.call("POST", "identity/entity/name/named", { body });
  const other = await host.call("GET", "identity/entity/name/other");

  assert.equal(made.body.data.name, "named");
  assert.deepEqual(made.body.warnings, [ignored("zz"), replaced("name")]);
  assert.equal(other.status, 404);
});

test("takes whatever is sent where something is kept or wrapped", async () => {
  await using host = await startTestHost();
  const headers = { "X-Vault-Wrap-TTL": "60" };
  await host.call("POST", "cubbyhole/a", { body: { path: "x", zz: 1 } });

  const kept = await host.call("GET", "cubbyhole/a");
  const wrapped = await host.call("POST", "sys/wrapping/wrap", { body: { zz: 1 }, headers });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token: wrapped.body.wrap_info.token });

  assert.deepEqual(kept.body.data, { path: "x", zz: 1 });
  assert.deepEqual([opened.body.data, opened.body.warnings], [{ zz: 1 }, null]);
});

test("describes the fields of its own paths", async () => {
  await using host = await startTestHost();

  const { body } = await host.call("GET", "sys/internal/specs/openapi");

  const { schema } = body.paths["/sys/leases/renew"].post.requestBody.content["application/json"];
  assert.deepEqual(schema, {
    type: "object",
    properties: { increment: { type: "string" }, lease_id: { type: "string" } },
  });
});
