import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson, StorageError } from "@vaultwright/core";
import { createMemoryStorage, createRecordedLog, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";

async function storedText(mount: Harness, key: string): Promise<string> {
  const found = await mount.storage.get(key);
  assert.ok(found);
  return new TextDecoder().decode(found.value);
}

test("gives back what was written, without a lease [K201, K202]", async () => {
  const mount = await harness(kv);

  const written = await mount.write("foo", { raw: "test" });

  assert.equal(written, undefined);
  assert.deepEqual(await mount.read("foo"), { data: { raw: "test" } });
});

test("replaces the whole object [K203]", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { a: 1 });

  await mount.write("foo", { b: 1 });

  assert.deepEqual(await mount.read("foo"), { data: { b: 1 } });
});

test("refuses a write without members [K204]", async () => {
  const mount = await harness(kv);

  await assert.rejects(mount.write("foo", {}), { kind: "user", message: "missing data fields" });
  await assert.rejects(mount.write("foo"), { kind: "user", message: "missing data fields" });
  assert.deepEqual(mount.storage.keys(), []);
});

test("refuses a write without a path", async () => {
  const mount = await harness(kv);

  await assert.rejects(mount.write("", { a: 1 }), { kind: "user", message: "missing path" });
});

test("finds nothing where nothing is [K205]", async () => {
  const mount = await harness(kv);

  assert.equal(await mount.read("none"), undefined);
  assert.equal(await mount.read(""), undefined);
});

test("deletes, whether or not there is anything [K206]", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { a: 1 });

  assert.equal(await mount.delete("foo"), undefined);
  assert.equal(await mount.delete("none"), undefined);
  assert.equal(await mount.delete(""), undefined);

  assert.equal(await mount.read("foo"), undefined);
});

test("lists one level, with or without the slash behind a folder [K207]", async () => {
  const mount = await harness(kv);
  for (const path of ["foo", "d/x", "d/e/y"]) await mount.write(path, { a: 1 });

  assert.deepEqual(await mount.list(""), { data: { keys: ["d/", "foo"] } });
  assert.deepEqual(await mount.list("d"), { data: { keys: ["e/", "x"] } });
  assert.deepEqual(await mount.request("list", "d"), { data: { keys: ["e/", "x"] } });
  assert.deepEqual(await mount.list("foo"), { data: {} });
});

test("scans all levels, relative to the folder [K218]", async () => {
  const mount = await harness(kv);
  for (const path of ["foo", "d/x", "d/e/y", "d/e/z", "e"]) await mount.write(path, { a: 1 });

  assert.deepEqual(await mount.request("scan", ""), { data: { keys: ["d/e/y", "d/e/z", "d/x", "e", "foo"] } });
  assert.deepEqual(await mount.request("scan", "d"), { data: { keys: ["e/y", "e/z", "x"] } });
  assert.deepEqual(await mount.request("scan", "none/"), { data: {} });
});

test("does not know patches [K213]", async () => {
  const mount = await harness(kv);

  await assert.rejects(mount.patch("foo", { a: 1 }), { kind: "unsupported-operation" });
});

test("treats a member named path like any other [K215]", async () => {
  const mount = await harness(kv);

  await mount.write("foo", { path: { elsewhere: true }, a: 1 });

  assert.deepEqual(await mount.read("foo"), { data: { path: { elsewhere: true }, a: 1 } });
});

test("gives no warning of parameters that it does not know [K216]", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { a: 1 });

  assert.deepEqual(await mount.read("foo", { x: "1" }), { data: { a: 1 } });
});

test("tells create from update by what is stored", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { a: 1 });

  assert.equal(await exists(mount, "foo"), true);
  assert.equal(await exists(mount, "none"), false);
  assert.equal(await exists(mount, ""), false);
  assert.equal(await exists(mount, "a/../foo"), false);
});

test("says why the host's storage does not take a path", async () => {
  const storage = createMemoryStorage();
  const refuse = async () => {
    throw new StorageError("relative paths not supported");
  };
  const mount = await harness(kv, { storage: { ...storage, get: refuse, put: refuse } });

  await assert.rejects(mount.write("a..b", { a: 1 }), { kind: "unknown", message: "relative paths not supported" });
});

test("writes nothing when it cannot find out whether the path exists", async () => {
  const storage = createMemoryStorage();
  const fail = async () => {
    throw new StorageError("connection lost");
  };
  const mount = await harness(kv, { storage: { ...storage, get: fail } });

  await assert.rejects(mount.write("a", { a: 1 }), { message: "connection lost" });
  assert.deepEqual(storage.keys(), []);
});

test("refuses relative paths", async () => {
  const mount = await harness(kv);

  for (const path of ["..", "a/../b", "./a"])
    await assert.rejects(mount.write(path, { a: 1 }), { kind: "user", message: "relative paths not supported" });
  await assert.rejects(mount.read("a/../b"), { kind: "user" });
});

test("stores JSON under the path, as the plugin in Go does", async () => {
  const mount = await harness(kv);

  await mount.write("d/x", { a: 1, html: "<&>" });

  assert.deepEqual(mount.storage.keys(), ["d/x"]);
  assert.equal(await storedText(mount, "d/x"), '{"a":1,"html":"\\u003c\\u0026\\u003e"}\n');
});

test("reads what the plugin in Go stored", async () => {
  const storage = createMemoryStorage();
  await storage.put({ key: "foo", value: new TextEncoder().encode('{"a":"\\u003c","ttl":"1h"}') });
  const mount = await harness(kv, { storage });

  assert.deepEqual(await mount.read("foo"), { data: { a: "<", ttl: "1h" } });
});

test("keeps names, texts and numbers of every kind", async () => {
  const mount = await harness(kv);
  const text =
    '{"":"empty","__proto__":{"constructor":1},"ключ":"🔐\\u0000\\ud800","big":123456789012345678901234567890,' +
    '"negative":-9007199254740993,"nested":[null,{"a":[]},1.5e-7]}';
  const data = parseJson(text);
  assert.ok(isData(data));

  await mount.write("foo", data);

  assert.deepEqual((await mount.read("foo"))?.data, data);
  assert.match(await storedText(mount, "foo"), /"big":123456789012345678901234567890,"negative":-9007199254740993,/);
  assert.ok(Object.hasOwn((await mount.read("foo"))?.data ?? {}, "__proto__"));
});

test("lets a stored text that is broken be overwritten, and does not show it", async () => {
  const storage = createMemoryStorage();
  await storage.put({ key: "foo", value: new TextEncoder().encode('{"password":"hunter2') });
  const mount = await harness(kv, { storage });

  await assert.rejects(mount.read("foo"), { kind: "internal", message: /^internal error/ });
  assert.doesNotMatch(JSON.stringify(mount.logs, errorsAsText), /hunter2/);
  await mount.write("foo", { a: 1 });

  assert.deepEqual(await mount.read("foo"), { data: { a: 1 } });
});

test("writes what a snapshot held when the host recovers it", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { a: "new" });

  const recovered = await mount.request("recover", "foo", { a: "old" });

  assert.equal(recovered, undefined);
  assert.deepEqual(await mount.read("foo"), { data: { a: "old" } });
});

test("passes a refusal of the host's storage on as it is", async () => {
  const mount = await harness(kv);
  mount.storage.setReadOnly(true);

  await assert.rejects(mount.write("foo", { a: 1 }), { message: "cannot write to readonly storage" });
});

test("sees nothing of another mount", async () => {
  const [one, other] = [await harness(kv), await harness(kv)];

  await one.write("foo", { a: 1 });

  assert.equal(await other.read("foo"), undefined);
});

function exists({ backend, storage, system, events }: Harness, path: string): Promise<boolean | undefined> {
  const [log, signal] = [createRecordedLog([]), new AbortController().signal];
  const call = { storage, system, events, log, signal };
  return backend.checkExistence({ id: "1", operation: "update", path, data: { b: 1 } }, call);
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
