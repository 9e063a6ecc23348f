import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";

test("sends an event after a write and after a deletion", async () => {
  const mount = await harness(kv);

  await mount.write("d/foo", { a: 1 });
  await mount.delete("d/foo");

  assert.deepEqual(
    mount.events.sent.map(({ type, event }) => [type, event.metadata]),
    [
      ["kv-v1/write", { modified: "true", operation: "write", path: "d/foo", data_path: "d/foo" }],
      ["kv-v1/delete", { modified: "true", operation: "delete", path: "d/foo" }],
    ],
  );
});

test("sends no event for reads, lists and what was refused", async () => {
  const mount = await harness(kv);

  await mount.read("foo");
  await mount.list("");
  await assert.rejects(mount.write("foo", {}));
  mount.storage.setReadOnly(true);
  await assert.rejects(mount.write("foo", { a: 1 }));
  await assert.rejects(mount.delete("foo"));

  assert.deepEqual(mount.events.sent, []);
});

test("records what was read, written and deleted", async () => {
  const mount = await harness(kv, { caller: { entityId: "entity-1" } });

  await mount.read("foo");
  await mount.write("foo", { a: 1 }, { id: "request-1" });
  await mount.read("foo");
  await mount.delete("foo");

  assert.deepEqual(
    mount.events.observed.map(({ type }) => type),
    ["kvv1/secret/write", "kvv1/secret/read", "kvv1/secret/delete"],
  );
  assert.deepEqual(mount.events.observed[0]?.data, { path: "foo", entity_id: "entity-1", request_id: "request-1" });
});
