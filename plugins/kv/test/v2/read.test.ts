import assert from "node:assert/strict";
import { test } from "node:test";
import {
  metadataOf,
  mounted,
  notFoundBody,
  notFoundData,
  readValue,
  writeLongVersions,
  writeVersions,
} from "./mount.ts";

test("there is nothing to read where nothing was written [K53, K57, K59]", async () => {
  const mount = await mounted();
  await mount.write("metadata/settings-only", { max_versions: 3 });
  await writeVersions(mount, "foo", 1);

  assert.equal(await mount.read("data/none"), undefined);
  assert.equal(await mount.read("data/settings-only"), undefined);
  assert.equal(await mount.read("data/foo", { version: "99" }), undefined);
});

test("a read gives the value and five facts of its version, and no lease [K54]", async () => {
  const { read, write } = await mounted();
  await write("data/foo", { data: { a: "b" } });

  const answer = await read("data/foo");

  assert.equal(answer?.secret, undefined);
  assert.deepEqual(answer?.data?.["data"], { a: "b" });
  assert.deepEqual(Object.keys(Object(answer?.data?.["metadata"])).sort(), [
    "created_time",
    "custom_metadata",
    "deletion_time",
    "destroyed",
    "version",
  ]);
});

test("a read can name a version; what no version is called means the current one [K55, K56]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 2);

  assert.deepEqual((await readValue(mount, "foo", { version: "1" })).data, { n: 1 });
  assert.equal((await readValue(mount, "foo", { version: "1" })).metadata["version"], 1);
  for (const version of ["0", "-3"]) assert.deepEqual((await readValue(mount, "foo", { version })).data, { n: 2 });
});

test("a version that is no number is refused [K58]", async () => {
  const { read } = await mounted();

  await assert.rejects(read("data/foo", { version: "abc" }), {
    message: /^Field validation failed: error converting input for field "version":/,
  });
});

test("custom metadata is shown by reads and writes [K60]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { custom_metadata: { o: "x" } });

  const written = await mount.write("data/foo", { data: {} });

  assert.deepEqual(written?.data?.["custom_metadata"], { o: "x" });
  assert.deepEqual((await readValue(mount, "foo")).metadata["custom_metadata"], { o: "x" });
});

test("a deleted or destroyed version is not found, and says so [K61, K62, K63]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 3);
  await mount.delete("data/foo");
  await mount.write("destroy/foo", { versions: [2] });

  const deleted = notFoundBody(await mount.read("data/foo"));
  const destroyed = notFoundData(await mount.read("data/foo", { version: "2" }));

  assert.equal("errors" in deleted, false);
  assert.notEqual(deleted["request_id"], "");
  const { data, metadata } = notFoundData(await mount.read("data/foo"));
  assert.equal(data, null);
  assert.notEqual(Object(metadata).deletion_time, "");
  assert.equal(destroyed["data"], null);
  assert.equal(Object(destroyed["metadata"]).destroyed, true);
  assert.deepEqual((await readValue(mount, "foo", { version: "1" })).data, { n: 1 });
});

test("a path that ends in a slash is none of a value [K64]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  assert.match(String(notFoundBody(await mount.read("data/foo/"))["warnings"]), /'vault kv get'/);
});

test("a parameter that means nothing is warned of [K66]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  assert.deepEqual((await mount.read("data/foo", { bogus: "1" }))?.warnings, [
    "Endpoint ignored these unrecognized parameters: [bogus]",
  ]);
});

test("values of all lengths are read, whichever version they are of", async () => {
  const mount = await mounted();
  const texts = ["short", "x".repeat(100_000), "y".repeat(100_000), "short again", "z".repeat(5000), "last"];
  for (const text of texts) await mount.write("data/foo", { data: { text } });

  for (const [index, text] of texts.entries())
    assert.deepEqual((await readValue(mount, "foo", { version: String(index + 1) })).data, { text });
});

test("a value whose record is gone is missed, and the rest is not [K227]", async () => {
  const mount = await mounted();
  await writeLongVersions(mount, "foo", 1);
  await mount.write("data/foo", { data: { n: 2 } });
  for (const key of mount.storage.keys()) if (key.startsWith("U/values/")) await mount.storage.delete(key);

  await assert.rejects(mount.read("data/foo", { version: "1" }), {
    kind: "internal",
    message: "could not find version data",
  });
  const reloaded = await mounted({ storage: mount.storage });
  assert.deepEqual((await readValue(reloaded, "foo")).data, { n: 2 });
  assert.equal((await metadataOf(reloaded, "foo"))["current_version"], 2);
});
