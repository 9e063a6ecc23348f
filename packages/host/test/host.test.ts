import assert from "node:assert/strict";
import { test } from "node:test";
import { startHost } from "../src/host.ts";
import { passThrough } from "./pass-through.ts";
import { startTestHost } from "./test-host.ts";

test("says that it is healthy, without a token", async () => {
  await using host = await startTestHost();

  const answer = await host.call("GET", "sys/health", { token: "" });

  assert.equal(answer.status, 200);
  assert.equal(answer.body.initialized, true);
  assert.equal(answer.body.sealed, false);
});

test("keeps a secret, gives it back, lists and deletes it", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");

  const write = await host.call("POST", "kv/a/b", { body: { hello: "<world>" } });
  const read = await host.call("GET", "kv/a/b");
  const list = await host.call("LIST", "kv/a");
  const listByQuery = await host.call("GET", "kv?list=true");
  const remove = await host.call("DELETE", "kv/a/b");
  const gone = await host.call("GET", "kv/a/b");
  const empty = await host.call("LIST", "kv/");

  assert.equal(write.status, 204);
  assert.equal(read.status, 200);
  assert.deepEqual(Object.keys(read.body), [
    "request_id",
    "lease_id",
    "renewable",
    "lease_duration",
    "data",
    "wrap_info",
    "warnings",
    "auth",
    "mount_type",
  ]);
  assert.deepEqual(read.body.data, { hello: "<world>" });
  assert.match(read.text, /"\\u003cworld\\u003e"/);
  assert.equal(read.body.mount_type, "store");
  assert.deepEqual(list.body.data, { keys: ["b"] });
  assert.deepEqual(listByQuery.body.data, { keys: ["a/"] });
  assert.equal(remove.status, 204);
  assert.deepEqual([gone.status, gone.body], [404, { errors: [] }]);
  assert.deepEqual([empty.status, empty.body], [404, { errors: [] }]);
});

test("refuses who brings no token, and who brings a wrong one", async () => {
  await using host = await startTestHost();

  const none = await host.call("GET", "sys/mounts", { token: "" });
  const wrong = await host.call("GET", "sys/mounts", { token: "hvs.wrong" });

  assert.deepEqual([none.status, none.body], [403, { errors: ["permission denied"] }]);
  assert.deepEqual(
    [wrong.status, wrong.body],
    [403, { errors: ["2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"] }],
  );
});

test("says that there is nothing at a path", async () => {
  await using host = await startTestHost();

  const answer = await host.call("GET", "nothing/here");

  assert.equal(answer.status, 404);
  assert.deepEqual(answer.body, { errors: ['no handler for route "nothing/here". route entry not found.'] });
});

test("listens on no other address than 127.0.0.1", async () => {
  await assert.rejects(
    startHost({ pluginDirectory: "/", address: { host: "0.0.0.0", port: 0 } }),
    /listens on 127\.0\.0\.1 only, not on 0\.0\.0\.0/,
  );
});
