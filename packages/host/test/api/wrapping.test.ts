import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

test("exchanges a wrapping token for a new one with the same time", async () => {
  await using host = await startTestHost();
  const first = await wrap(host, { a: "b" });
  await host.clock.advance(30);

  const rewrapped = await host.call("POST", "sys/wrapping/rewrap", { body: { token: first } });
  const { token, ttl, creation_path: path } = rewrapped.body.wrap_info;
  const old = await host.call("POST", "sys/wrapping/lookup", { body: { token: first } });
  await host.clock.advance(40);
  const opened = await host.call("POST", "sys/wrapping/unwrap", { body: { token } });

  assert.deepEqual({ ttl, path }, { ttl: 60, path: "sys/wrapping/wrap" });
  assert.deepEqual([old.status, old.body.errors], [400, ["wrapping token is not valid or does not exist"]]);
  assert.deepEqual(opened.body.data, { a: "b" });
});

test("does not let a wrapping token exchange itself", async () => {
  await using host = await startTestHost();

  const refused = await host.call("POST", "sys/wrapping/rewrap", { token: await wrap(host, { a: "b" }) });

  assert.deepEqual([refused.status, refused.body.errors], [403, ["1 error occurred:\n\t* permission denied\n\n"]]);
});

test("wraps a token that is made, and tells its accessor", async () => {
  await using host = await startTestHost();

  const wrapped = await host.call("POST", "auth/token/create", {
    body: { policies: ["default"] },
    headers: { "X-Vault-Wrap-TTL": "60" },
  });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token: wrapped.body.wrap_info.token });

  assert.equal(wrapped.body.wrap_info.creation_path, "auth/token/create");
  assert.equal(opened.body.auth.accessor, wrapped.body.wrap_info.wrapped_accessor);
});

test("refuses to look at what is wrapped without any token", async () => {
  await using host = await startTestHost();

  const refused = await host.call("POST", "sys/wrapping/lookup", { token: "", body: {} });

  assert.deepEqual([refused.status, refused.body.errors], [403, ["error validating wrapping token: token is empty"]]);
});

async function wrap(host: TestHost, body: object): Promise<string> {
  const wrapped = await host.call("POST", "sys/wrapping/wrap", { body, headers: { "X-Vault-Wrap-TTL": "60" } });
  return wrapped.body.wrap_info.token;
}
