import assert from "node:assert/strict";
import { test } from "node:test";
import type { Harness } from "@vaultwright/core/testing";
import { mounted, writeVersions } from "./mount.ts";

function sent({ events }: Harness): unknown[] {
  return events.sent.map(({ type, event }) => [type, event.metadata]);
}

const always = { modified: "true" };

test("writes of settings and values send events [K228]", async () => {
  const mount = await mounted();

  await mount.write("config", { max_versions: 2 });
  await mount.write("metadata/foo", { max_versions: 1 });
  await writeVersions(mount, "foo", 2);
  await mount.patch("data/foo", { data: {} });
  await mount.patch("metadata/foo", { max_versions: 3 });

  const data = { path: "data/foo", data_path: "data/foo" };
  const metadata = { path: "metadata/foo", data_path: "metadata/foo" };
  const [one, two, three] = [
    { current_version: "1", oldest_version: "0" },
    { current_version: "2", oldest_version: "1" },
    { current_version: "3", oldest_version: "2" },
  ];
  assert.deepEqual(sent(mount), [
    ["kv-v2/config-write", { ...always, operation: "config-write", path: "config", data_path: "config" }],
    ["kv-v2/metadata-write", { ...always, operation: "metadata-write", ...metadata }],
    ["kv-v2/data-write", { ...always, operation: "data-write", ...data, ...one }],
    ["kv-v2/data-write", { ...always, operation: "data-write", ...data, ...two }],
    ["kv-v2/data-patch", { ...always, operation: "data-patch", ...data, ...three }],
    ["kv-v2/metadata-patch", { ...always, operation: "metadata-patch", ...metadata }],
  ]);
});

test("changes of versions send events [K229, K230]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 2);
  const before = mount.events.sent.length;

  await mount.delete("data/foo");
  await mount.write("delete/foo", { versions: "1,2" });
  await mount.write("undelete/foo", { versions: [2] });
  await mount.write("destroy/foo", { versions: [1] });
  await mount.delete("metadata/foo");

  const numbers = { current_version: "2", oldest_version: "0" };
  assert.deepEqual(sent(mount).slice(before), [
    ["kv-v2/data-delete", { ...always, operation: "data-delete", path: "data/foo", ...numbers }],
    ["kv-v2/delete", { ...always, operation: "delete", path: "delete/foo", ...numbers, deleted_versions: "[1,2]" }],
    [
      "kv-v2/undelete",
      {
        ...always,
        operation: "undelete",
        path: "undelete/foo",
        data_path: "data/foo",
        ...numbers,
        undeleted_versions: "[2]",
      },
    ],
    ["kv-v2/destroy", { ...always, operation: "destroy", path: "destroy/foo", ...numbers, destroyed_versions: "[1]" }],
    ["kv-v2/metadata-delete", { ...always, operation: "metadata-delete", path: "metadata/foo" }],
  ]);
});

test("what changes nothing sends no event", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  await mount.delete("data/foo");
  const before = mount.events.sent.length;

  await mount.delete("data/foo");
  await mount.delete("metadata/none");
  await mount.write("delete/none", { versions: [1] });
  await mount.write("config", {});
  await mount.write("metadata/foo", {});
  await mount.read("data/foo");
  await mount.list("metadata");

  assert.equal(mount.events.sent.length, before);
});

test("reads and writes are observed", async () => {
  const mount = await mounted({ caller: { entityId: "entity-1" } });
  await writeVersions(mount, "foo", 1);
  await mount.read("data/foo", {}, { id: "request-1" });
  await mount.patch("data/foo", { data: {} });
  await mount.write("delete/foo", { versions: [1] });
  await mount.read("metadata/foo");
  await mount.read("config");

  assert.deepEqual(
    mount.events.observed.map(({ type }) => type),
    [
      "kvv2/secret/write",
      "kvv2/secret/read",
      "kvv2/secret/patch",
      "kvv2/secret/delete",
      "kvv2/metadata/read",
      "kvv2/config/read",
    ],
  );
  assert.deepEqual(mount.events.observed[1]?.data, {
    path: "data/foo",
    entity_id: "entity-1",
    request_id: "request-1",
    version_read: 1,
  });
});
