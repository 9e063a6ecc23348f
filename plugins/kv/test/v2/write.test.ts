import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestClock } from "@vaultwright/core/testing";
import { mounted, mountedOnOpenBao, notFoundBody, readValue } from "./mount.ts";

test("a write makes version 1, and the next one version 2 [K16, K17, K26]", async (t) => {
  createTestClock(t, new Date("2026-01-02T03:04:05.120Z"));
  const { write } = await mounted();
  const version = {
    created_time: "2026-01-02T03:04:05.12Z",
    deletion_time: "",
    destroyed: false,
    custom_metadata: null,
  };

  assert.deepEqual(await write("data/foo", { data: { a: "b" } }), { data: { version: 1, ...version } });
  assert.deepEqual(await write("data/foo", { data: { a: "b" } }), { data: { version: 2, ...version } });
});

test("times are written without zeros at the end of their fractions [K18]", async (t) => {
  const clock = createTestClock(t, new Date("2026-01-02T03:04:10Z"));
  const { write } = await mounted();
  const shown: unknown[] = [];

  for (const seconds of [0, 0.5, 0.05]) {
    clock.advance(seconds);
    shown.push((await write("data/foo", { data: {} }))?.data?.["created_time"]);
  }

  assert.deepEqual(shown, ["2026-01-02T03:04:10Z", "2026-01-02T03:04:10.5Z", "2026-01-02T03:04:10.55Z"]);
});

test("a version is never older than the one before it", async (t) => {
  const clock = createTestClock(t, new Date("2026-01-02T03:04:05Z"));
  const { write } = await mounted();
  await write("data/foo", { data: {} });

  clock.advance(-3600);

  assert.equal((await write("data/foo", { data: {} }))?.data?.["created_time"], "2026-01-02T03:04:05Z");
});

test("a write without data is refused [K19, K20]", async () => {
  const { write } = await mounted();

  for (const body of [{}, { a: "b" }, { options: { cas: 0 } }])
    await assert.rejects(write("data/foo", body), { kind: "invalid-request", message: "no data provided" });
});

test("an empty object and null are values [K21, K22]", async () => {
  const mount = await mounted();

  for (const data of [{}, null]) {
    await mount.write("data/foo", { data });
    assert.deepEqual((await readValue(mount, "foo")).data, data);
  }
});

test("data of another type is refused by the existence check, which comes first [K23]", async () => {
  const { write } = await mounted();

  await assert.rejects(write("data/foo", { data: "str" }), { message: /^error converting input for field "data":/ });
});

test("members that mean nothing are warned of [K24, K25]", async () => {
  const { write, read } = await mounted();

  const unknown = await write("data/foo", { data: { k: 1 }, zz: 1, extra: 2 });
  const elsewhere = await write("data/foo", { data: { k: 1 }, path: "other" });

  assert.deepEqual(unknown?.warnings, ["Endpoint ignored these unrecognized parameters: [extra zz]"]);
  assert.match(elsewhere?.warnings?.[0] ?? "", / \[path\]$/);
  assert.equal(await read("data/other"), undefined);
});

test("values keep their types, names and numbers [K28, K29]", async () => {
  const mount = await mounted();
  const data = {
    n: 1,
    t: true,
    l: [1, "x", [null]],
    o: { p: null, constructor: 1, "": "empty" },
    // The host rounds it on its way to the client.
    big: 9_007_199_254_740_993n,
    text: "ключ \u2028 🔐 \u0000",
    ["__proto__"]: { polluted: true },
  };

  await mount.write("data/foo", { data });

  assert.deepEqual((await readValue(mount, "foo")).data, data);
  assert.equal(Object.hasOwn(Object((await readValue(mount, "foo")).data), "__proto__"), true);
});

test("a path that is none of version 2 is explained [K32, K33]", async () => {
  const mount = await mounted();

  assert.match(
    String(notFoundBody(await mount.write("foo", { a: "b" }))["warnings"]),
    /^Invalid path for a versioned K\/V secrets engine\..* 'vault kv put' for this operation\.$/,
  );
  for (const path of ["data", "metadata", "delete", "undelete", "destroy"])
    assert.deepEqual(notFoundBody(await mount.write(path, { data: {} }))["warnings"], [
      "Non-listing operations on the root of a K/V v2 mount are not supported.",
    ]);
});

test("the explanation names the operation, and the host's own command [K67]", async () => {
  const [vault, openbao] = [await mounted(), await mountedOnOpenBao()];
  const hints: string[] = [];

  for (const operation of ["read", "update", "patch", "delete", "list"] as const)
    hints.push(String(notFoundBody(await vault.request(operation, "foo"))["warnings"]));
  hints.push(String(notFoundBody(await openbao.request("scan", "foo/"))["warnings"]));

  assert.deepEqual(
    hints.map((hint) => / If using the (.*) for this operation\.$/.exec(hint)?.[1]),
    [
      "Vault CLI, use 'vault kv get'",
      "Vault CLI, use 'vault kv put'",
      "Vault CLI, use 'vault kv patch'",
      "Vault CLI, use 'vault kv delete'",
      "Vault CLI, use 'vault kv list'",
      "OpenBao CLI, use 'bao kv scan'",
    ],
  );
});

test("secrets lie in folders [K34]", async () => {
  const mount = await mounted();

  await mount.write("data/a/b/c", { data: { deep: true } });

  assert.deepEqual((await readValue(mount, "a/b/c")).data, { deep: true });
  assert.equal(await mount.read("data/a/b"), undefined);
});

test("a path has one spelling, so that a policy that denies it is not passed by another", async () => {
  const mount = await mounted();
  await mount.write("data/a/b", { data: { n: 1 } });
  const refused = { kind: "user", message: "paths with doubled slashes not supported" };

  for (const key of ["/a/b", "a//b", "//a/b", "a/b//"]) {
    for (const path of ["delete", "undelete", "destroy"])
      await assert.rejects(mount.write(`${path}/${key}`, { versions: [1] }), refused);
    for (const path of ["metadata", "subkeys"]) await assert.rejects(mount.read(`${path}/${key}`), refused);
    await assert.rejects(mount.write(`copy/${key}`, { destination: "c" }), refused);
    await assert.rejects(mount.write("move/a/b", { destination: key }), refused);
  }
  for (const key of ["/a/b", "a//b"]) {
    await assert.rejects(mount.read(`data/${key}`), refused);
    await assert.rejects(mount.write(`data/${key}`, { data: {} }), refused);
    await assert.rejects(mount.patch(`data/${key}`, { data: {} }), refused);
    await assert.rejects(mount.delete(`data/${key}`), refused);
  }
  for (const folder of ["/", "/a", "a//"]) await assert.rejects(mount.list(`metadata/${folder}`), refused);

  assert.deepEqual((await readValue(mount, "a/b")).data, { n: 1 });
});

test("relative paths are refused, and dots within names are not", async () => {
  const mount = await mounted();

  for (const path of ["data/a/../b", "data/./b", "data/.."])
    await assert.rejects(mount.write(path, { data: {} }), { kind: "user", message: "relative paths not supported" });
  await mount.write("data/a..b", { data: { n: 1 } });

  assert.deepEqual((await readValue(mount, "a..b")).data, { n: 1 });
});

test("a number that no JSON holds is refused", async () => {
  const { request, storage } = await mounted();
  const before = storage.keys();

  await assert.rejects(request("create", "data/foo", { data: { n: Number.POSITIVE_INFINITY } }));

  assert.deepEqual(storage.keys(), before);
});
