import assert from "node:assert/strict";
import { test } from "node:test";
import { LogicalError } from "@vaultwright/core/launch";
import { createLeasing } from "../leasing.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost, type TestHost } from "../test-host.ts";

test("moves a mount with what it stored, and says when it is done", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");
  await host.call("POST", "kv/a", { body: { x: 1 } });

  const moved = await move(host, "kv", "team/kv/");
  const { migration_id: id } = moved.body.data;
  await done(host, id);
  const status = await host.call("GET", `sys/remount/status/${id}`);
  const there = await host.call("GET", "team/kv/a");
  const gone = await host.call("GET", "kv/a");

  assert.equal(moved.status, 200);
  assert.equal(moved.body.migration_id, id);
  assert.deepEqual(moved.body.warnings, [
    "Mount move has been queued. Progress will be reported in Vault's server log, tagged with the returned migration_id",
  ]);
  assert.deepEqual(status.body.data, {
    migration_id: id,
    migration_info: { source_mount: "kv/", status: "success", target_mount: "team/kv/" },
  });
  assert.deepEqual(there.body.data, { x: 1 });
  assert.equal(gone.status, 404);
});

test("revokes what a mount leased before it moves", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");

  const { body } = await move(host, "users", "moved");
  await done(host, body.data.migration_id);

  assert.deepEqual(
    users.calls.map(({ operation, path, mountPoint }) => `${operation} ${mountPoint}${path}`),
    ["revoke users/creds/a"],
  );
});

test("keeps a mount where it is when a lease cannot be revoked", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unknown", "unreachable");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");

  const { body } = await move(host, "users", "moved");
  const status = await done(host, body.data.migration_id);
  delete users.revoke;
  const again = await move(host, "users", "moved");

  assert.equal(status, "failure");
  assert.equal(await done(host, again.body.data.migration_id), "success");
});

test("refuses moves that cannot be", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv");
  const problem = async (from: string, to: string) => {
    const answer = await move(host, from, to);
    assert.equal(answer.status, 400);
    return answer.body.errors[0];
  };

  assert.equal(await problem("", "x"), "both 'from' and 'to' path must be specified as a string");
  assert.equal(await problem("none", "x"), 'no matching mount at "none/"');
  assert.equal(await problem("kv", "kv/x"), 'path already in use at "kv/"');
  assert.equal(await problem("kv", "sys/x"), "cannot remount to destination sys/x/");
  assert.equal(await problem("cubbyhole", "x"), 'cannot remount "cubbyhole/"');
  assert.equal(await problem("auth/token", "auth/x"), 'cannot remount "auth/token/"');
  assert.equal(await problem("auth/a", "x"), 'cannot remount auth mount to non-auth mount "x/"');
  assert.equal(await problem("auth/a", "auth/token"), 'cannot remount to destination "auth/token/"');
  assert.equal(await problem("kv ", "x"), "'from' path cannot contain trailing whitespace");
  assert.equal((await host.call("GET", "sys/remount/status/none")).status, 404);
});

function move(host: TestHost, from: string, to: string) {
  return host.call("POST", "sys/remount", { body: { from, to } });
}

async function done(host: TestHost, id: string): Promise<string> {
  for (;;) {
    const { body } = await host.call("GET", `sys/remount/status/${id}`);
    const { status } = body.data.migration_info;
    if (status !== "in-progress") return status;
  }
}
