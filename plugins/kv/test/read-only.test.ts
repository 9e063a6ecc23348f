import assert from "node:assert/strict";
import { test } from "node:test";
import { type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../src/kv.ts";

/** A mount that was used as version 1 and tuned to version 2 afterwards. */
async function tuned(options: Readonly<Record<string, string>> = {}): Promise<Harness> {
  const { storage, write } = await harness(kv, { options });
  await write("app/database", { password: "s3cret", ttl: "1h" });
  return harness(kv, { storage, options: { ...options, version: "2" } });
}

test("a mount tuned to version 2 can be read and listed, so that its data can be rescued", async () => {
  const { read, list } = await tuned();

  assert.deepEqual(await read("app/database"), { data: { password: "s3cret", ttl: "1h" } });
  assert.deepEqual((await list("app"))?.data, { keys: ["database"] });
});

for (const operation of ["create", "update", "delete", "recover"] as const)
  test(`a mount tuned to version 2 refuses a ${operation}, and says why`, async () => {
    const { request, read } = await tuned();

    await assert.rejects(request(operation, "app/database", { a: 1 }), {
      kind: "user",
      message:
        "this mount was tuned to version 2 of the key/value store, which this plugin does not have: " +
        "it can be read as version 1 and not be changed; copy what it holds to a new mount",
    });
    assert.equal((await read("app/database"))?.data?.["password"], "s3cret");
  });

test("a mount tuned to version 2 still revokes its leases, so that it can be disabled", async () => {
  const { read, revoke } = await tuned({ leased_passthrough: "true" });
  const lease = await read("app/database");
  assert.ok(lease?.secret);

  await assert.doesNotReject(revoke(lease, { path: "app/database" }));
});

test("a mount tuned to version 2 warns in the log when it starts", async () => {
  const { logs } = await tuned();

  assert.deepEqual(
    logs.map(({ level }) => level),
    ["warn"],
  );
});
