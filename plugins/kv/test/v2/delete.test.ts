import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, createTestClock, faults, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import {
  metadataOf,
  mounted,
  notFoundData,
  readValue,
  valueRecords,
  versionsOf,
  writeLongVersions,
  writeVersions,
} from "./mount.ts";

test("a deletion hides the current version once and for all [K68, K69, K70]", async (t) => {
  const clock = createTestClock(t);
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  assert.equal(await mount.delete("data/foo"), undefined);
  const first = notFoundData(await mount.read("data/foo"));
  clock.advance(60);
  assert.equal(await mount.delete("data/foo"), undefined);

  assert.deepEqual(notFoundData(await mount.read("data/foo")), first);
  assert.equal(await mount.delete("data/none"), undefined);
});

test("what is destroyed cannot be deleted any more [K71]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  await mount.write("destroy/foo", { versions: [1] });

  await mount.delete("data/foo");

  assert.equal((await versionsOf(mount, "foo"))["1"]?.["deletion_time"], "");
});

test("a deletion comes before one that was planned [K72]", async (t) => {
  createTestClock(t, new Date("2026-01-01T00:00:00Z"));
  const mount = await mounted();
  await mount.write("metadata/foo", { delete_version_after: "1h" });
  await writeVersions(mount, "foo", 1);

  await mount.delete("data/foo");

  assert.equal(Object(notFoundData(await mount.read("data/foo"))["metadata"]).deletion_time, "2026-01-01T00:00:00Z");
});

test("after a deletion the next write makes the next version [K73]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  await mount.delete("data/foo");

  await mount.write("data/foo", { data: { n: 2 } });

  assert.deepEqual((await readValue(mount, "foo")).data, { n: 2 });
  assert.equal((await readValue(mount, "foo")).metadata["version"], 2);
});

test("versions are deleted by their numbers, in every way to write a list [K74, K75]", async () => {
  const mount = await mounted();

  for (const versions of [[1, 2], "1,2", ["1", "2"]]) {
    await writeVersions(mount, "foo", 3);
    assert.equal(await mount.write("delete/foo", { versions }), undefined);

    const shown = await versionsOf(mount, "foo");
    assert.notEqual(shown["1"]?.["deletion_time"], "");
    assert.notEqual(shown["2"]?.["deletion_time"], "");
    assert.equal(shown["3"]?.["deletion_time"], "");
    await mount.delete("metadata/foo");
  }
  assert.equal(await mount.write("delete/foo", { versions: 1 }), undefined);
});

test("numbers are needed, and have to be some [K76, K77, K80, K86]", async () => {
  const { write } = await mounted();

  for (const body of [{}, { versions: [] }, { versions: null }]) {
    await assert.rejects(write("delete/foo", body), { message: "No version number provided" });
    await assert.rejects(write("undelete/foo", body), { message: "No version number provided" });
    await assert.rejects(write("destroy/foo", body), { message: "no version number provided" });
  }
  for (const versions of [["a"], "1, 2"])
    await assert.rejects(write("delete/foo", { versions }), {
      message: /^Field validation failed: error converting input for field "versions":/,
    });
});

test("versions and secrets that are not there are left out [K78, K87]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  for (const operation of ["delete", "undelete", "destroy"]) {
    assert.equal(await mount.write(`${operation}/foo`, { versions: [99, -1, 0] }), undefined);
    assert.equal(await mount.write(`${operation}/none`, { versions: [1] }), undefined);
  }
  assert.deepEqual((await readValue(mount, "foo")).data, { n: 1 });
  assert.equal(await mount.read("metadata/none"), undefined);
});

test("an undeleted version is there again [K79]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 2);
  await mount.write("delete/foo", { versions: [1, 2] });

  assert.equal(await mount.write("undelete/foo", { versions: [1] }), undefined);

  const { data, metadata } = await readValue(mount, "foo", { version: "1" });
  assert.deepEqual(data, { n: 1 });
  assert.equal(metadata["deletion_time"], "");
  assert.notEqual((await versionsOf(mount, "foo"))["2"]?.["deletion_time"], "");
});

test("what is destroyed stays so, with its time of deletion [K81, K84, K85, K87]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 2);
  await mount.write("delete/foo", { versions: [1] });
  const before = await versionsOf(mount, "foo");

  assert.equal(await mount.write("destroy/foo", { versions: [1, 2] }), undefined);
  assert.equal(await mount.write("destroy/foo", { versions: [1, 2] }), undefined);
  assert.equal(await mount.write("undelete/foo", { versions: [1, 2] }), undefined);

  const after = await versionsOf(mount, "foo");
  for (const number of ["1", "2"]) {
    assert.equal(after[number]?.["destroyed"], true);
    assert.equal(after[number]?.["deletion_time"], before[number]?.["deletion_time"]);
  }
});

test("nothing of a destroyed value stays in the storage", async () => {
  const mount = await mounted();
  await mount.write("data/foo", { data: { password: "hunter2" } });
  await mount.write("data/foo", { data: { password: "hunter2" } });
  await mount.write("data/foo", { data: { password: `hunter2${"!".repeat(10_000)}` } });

  await mount.write("destroy/foo", { versions: [1, 2, 3] });

  const left = await Promise.all(mount.storage.keys().map((key) => mount.storage.get(key)));
  assert.doesNotMatch(left.map((found) => Buffer.from(found?.value ?? []).toString()).join(), /hunter2/);
});

test("after the destruction of the current version the next write makes the next one [K88]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  await mount.write("destroy/foo", { versions: [1] });

  assert.equal((await mount.write("data/foo", { data: {} }))?.data?.["version"], 2);
});

test("the paths that change versions cannot be read [K89, K200]", async () => {
  const { read, write } = await mounted();

  for (const path of ["delete/foo", "undelete/foo", "destroy/foo"])
    await assert.rejects(read(path), { kind: "unsupported-operation" });
  await assert.rejects(write("subkeys/foo", {}), { kind: "unsupported-operation" });
});

test("values that could not be deleted go with the next attempt", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  await writeLongVersions(mount, "foo", 3);

  storage.setFault(({ operation }) => {
    if (operation === "delete") faults.failAt(1)({ operation, key: "" });
  });
  await assert.rejects(mount.write("destroy/foo", { versions: [1, 2] }), { message: "the storage is out of order" });
  assert.equal(valueRecords(mount), 3);
  storage.setFault(undefined);
  await mount.write("data/foo", { data: {} });

  assert.equal(valueRecords(mount), 1);
});

test("a secret whose deletion was interrupted is gone, and its numbers begin anew", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  await writeLongVersions(mount, "foo", 3);

  storage.setFault(({ operation }) => {
    if (operation === "delete") faults.failAt(1)({ operation, key: "" });
  });
  await assert.rejects(mount.delete("metadata/foo"));
  storage.setFault(undefined);

  assert.equal(await mount.read("data/foo"), undefined);
  assert.equal(await mount.read("metadata/foo"), undefined);
  const long = { text: "x".repeat(10_000) };
  assert.equal((await mount.write("data/foo", { data: long }))?.data?.["version"], 1);
  assert.deepEqual((await readValue(mount, "foo")).data, long);
  assert.equal((await metadataOf(mount, "foo"))["oldest_version"], 0);
  await mount.delete("metadata/foo");
  assert.deepEqual(storage.keys(), ["U/names", "U/upgrade"]);
});
