import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { metadataOf, mounted, valueRecords, versionsOf, writeLongVersions, writeVersions } from "./mount.ts";

async function windowOf(mount: Harness): Promise<readonly [unknown, ...string[]]> {
  return [(await metadataOf(mount, "foo"))["oldest_version"], ...Object.keys(await versionsOf(mount, "foo"))];
}

test("ten versions are kept, and the oldest has number 0 until there are so many [K91, K92, K93]", async () => {
  const mount = await mounted();

  await writeVersions(mount, "foo", 9);
  assert.deepEqual(await windowOf(mount), [0, "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  await mount.write("data/foo", { data: {} });
  assert.deepEqual(await windowOf(mount), [1, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  await mount.write("data/foo", { data: {} });

  assert.deepEqual(await windowOf(mount), [2, "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
  assert.equal(await mount.read("data/foo", { version: "1" }), undefined);
});

for (const operation of ["write", "patch"] as const)
  test(`a ${operation} drops what a smaller limit leaves no room for, and its values [K94, K98]`, async () => {
    const mount = await mounted();
    await writeLongVersions(mount, "foo", 10);
    await mount.write("metadata/foo", { max_versions: 2 });

    await mount[operation]("data/foo", { data: {} });

    assert.deepEqual(await windowOf(mount), [10, "10", "11"]);
    assert.equal(valueRecords(mount), operation === "write" ? 1 : 2);
  });

test("the larger limit holds, that of the mount or the secret's own [K95]", async () => {
  const mount = await mounted();
  await mount.write("config", { max_versions: 5 });
  await mount.write("metadata/foo", { max_versions: 2 });

  await writeVersions(mount, "foo", 6);

  assert.deepEqual(await windowOf(mount), [2, "2", "3", "4", "5", "6"]);
});

test("a window of one version is full at once, and its value has no other record [K96]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { max_versions: 1 });

  await writeVersions(mount, "foo", 3);

  assert.deepEqual(await windowOf(mount), [3, "3"]);
  assert.equal(valueRecords(mount), 0);
});

test("a smaller limit drops nothing by itself [K97]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 3);

  await mount.write("metadata/foo", { max_versions: 1 });

  assert.deepEqual(await windowOf(mount), [0, "1", "2", "3"]);
});

test("values behind one that was destroyed are dropped as well", async () => {
  const mount = await mounted();
  await writeLongVersions(mount, "foo", 10);
  await mount.write("destroy/foo", { versions: [5] });
  await mount.write("metadata/foo", { max_versions: 2 });

  await mount.write("data/foo", { data: {} });

  assert.deepEqual(await windowOf(mount), [10, "10", "11"]);
  assert.equal(valueRecords(mount), 1);
});

test("values that could not be dropped are warned of, and go with the next write", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  await mount.write("metadata/foo", { max_versions: 2 });
  await writeLongVersions(mount, "foo", 2);

  storage.setFault(({ operation }) => {
    if (operation === "delete") throw new Error("no deletion today");
  });
  const answer = await mount.write("data/foo", { data: {} });
  storage.setFault(undefined);
  const next = await mount.write("data/foo", { data: {} });

  assert.equal(answer?.data?.["version"], 3);
  assert.match(
    String(answer?.warnings),
    /^error occurred when cleaning up old versions, these will be cleaned up on next write: /,
  );
  assert.equal(next?.warnings, undefined);
  assert.equal(valueRecords(mount), 0);
});
