import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost } from "../test-host.ts";

test("keeps values that only the token that wrote them sees", async () => {
  await using host = await startTestHost();
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["default"] } });
  const token = body.auth.client_token;
  const written = await host.call("POST", "cubbyhole/a/b", { token, body: { x: 1 } });

  const read = await host.call("GET", "cubbyhole/a/b", { token });
  const listed = await host.call("LIST", "cubbyhole", { token });
  const below = await host.call("LIST", "cubbyhole/a", { token });
  const foreign = await host.call("GET", "cubbyhole/a/b");
  const removed = await host.call("DELETE", "cubbyhole/a/b", { token });
  const gone = await host.call("GET", "cubbyhole/a/b", { token });

  assert.equal(written.status, 204);
  assert.deepEqual([read.body.data, read.body.mount_type], [{ x: 1 }, "cubbyhole"]);
  assert.deepEqual(listed.body.data.keys, ["a/"]);
  assert.deepEqual(below.body.data.keys, ["b"]);
  assert.deepEqual([foreign.status, foreign.body], [404, { errors: [] }]);
  assert.equal(removed.status, 204);
  assert.equal(gone.status, 404);
});

test("refuses to keep nothing, and to keep anything for a batch token", async () => {
  await using host = await startTestHost();
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["default"], type: "batch" } });

  const empty = await host.call("POST", "cubbyhole/a", { body: {} });
  const pathless = await host.call("GET", "cubbyhole/");
  const batch = await host.call("POST", "cubbyhole/a", { token: body.auth.client_token, body: { x: 1 } });

  assert.deepEqual([empty.status, empty.body.errors], [500, ["1 error occurred:\n\t* missing data fields\n\n"]]);
  assert.deepEqual([pathless.status, pathless.body.errors], [500, ["1 error occurred:\n\t* missing path\n\n"]]);
  assert.deepEqual(
    [batch.status, batch.body.errors],
    [400, ['cubbyhole operations are only supported by "service" type tokens']],
  );
});

test("gives what a token wraps to clients that look for it in its cubbyhole", async () => {
  await using host = await startTestHost();
  const wrapped = await host.call("POST", "sys/wrapping/wrap", {
    body: { a: "b" },
    headers: { "X-Vault-Wrap-TTL": "60" },
  });
  const { token } = wrapped.body.wrap_info;

  const opened = await host.call("GET", "cubbyhole/response", { token });
  const again = await host.call("GET", "cubbyhole/response", { token });

  assert.deepEqual(JSON.parse(opened.body.data.response).data, { a: "b" });
  assert.equal(again.status, 403);
});

test("forgets what a token kept when the token ends", async () => {
  await using host = await startTestHost();
  const body = { id: "mine", policies: ["default"] };
  await host.call("POST", "auth/token/create", { body });
  await host.call("POST", "cubbyhole/a", { token: "mine", body: { x: 1 } });
  await host.call("POST", "auth/token/revoke-self", { token: "mine" });
  await host.call("POST", "auth/token/create", { body });

  const read = await host.call("GET", "cubbyhole/a", { token: "mine" });

  assert.equal(read.status, 404);
});

test("refuses relative paths, and keeps nothing at its own path", async () => {
  await using host = await startTestHost();
  await host.call("POST", "cubbyhole/kept", { body: { a: 1 } });

  const read = await host.call("GET", "cubbyhole/a..b");
  const written = await host.call("POST", "cubbyhole/a..b", { body: { a: 1 } });
  const slashed = await host.call("GET", "cubbyhole/kept/");
  const whole = await host.call("POST", "cubbyhole", { body: { a: 1 } });
  const removed = await host.call("DELETE", "cubbyhole");

  assert.deepEqual(
    [read.status, read.body.errors],
    [400, ["1 error occurred:\n\t* read failed: relative paths not supported\n\n"]],
  );
  assert.deepEqual([written.status, slashed.status, removed.status], [500, 404, 204]);
  assert.deepEqual([whole.status, whole.body.errors], [500, ["1 error occurred:\n\t* missing path\n\n"]]);
});
