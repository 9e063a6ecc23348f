import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, notFoundBody, notFoundData, readValue, writeVersions } from "./mount.ts";

test("a patch makes a version of the current one [K175, K183]", async () => {
  const mount = await mounted();
  await mount.write("data/foo", { data: { a: 1, b: 2 } });

  const patched = await mount.patch("data/foo", { data: { a: null, c: { d: 1 } } });
  assert.equal(patched?.data?.["version"], 2);
  assert.deepEqual((await readValue(mount, "foo")).data, { b: 2, c: { d: 1 } });
  const again = await mount.patch("data/foo", { data: {} });

  assert.equal(again?.data?.["version"], 3);
  assert.deepEqual((await readValue(mount, "foo")).data, { b: 2, c: { d: 1 } });
});

const merges: readonly (readonly [string, object, object, object])[] = [
  ["an inner member goes", { b: { c: 2, d: 3 } }, { b: { c: null } }, { b: { d: 3 } }],
  ["nulls within new objects vanish", { a: 1 }, { n: { x: null, y: 1 } }, { a: 1, n: { y: 1 } }],
  ["an object replaces a value", { a: 1 }, { a: { x: null, y: 1 } }, { a: { y: 1 } }],
  ["a list is replaced as a whole", { l: [1, 2] }, { l: [3] }, { l: [3] }],
  ["a value replaces an object", { a: { b: 1 } }, { a: "s" }, { a: "s" }],
  ["stored nulls stay", { a: null, z: 1 }, { b: 1 }, { a: null, z: 1, b: 1 }],
  [
    "names of prototypes are names",
    { a: 1 },
    JSON.parse('{"__proto__":{"x":1}}'),
    JSON.parse('{"a":1,"__proto__":{"x":1}}'),
  ],
];

for (const [name, data, patch, expected] of merges)
  test(`of a patch: ${name} [K188]`, async () => {
    const mount = await mounted();
    await mount.write("data/foo", { data });

    await mount.patch("data/foo", { data: patch });

    assert.deepEqual((await readValue(mount, "foo")).data, expected);
  });

test("what is not there cannot be patched [K176, K177]", async () => {
  const { patch, write } = await mounted();
  await write("metadata/settings", { max_versions: 3 });

  for (const path of ["data/none", "data/settings"])
    assert.deepEqual(notFoundBody(await patch(path, { data: {} })), {});
});

test("a patch needs data, before anything else [K178]", async () => {
  const { patch } = await mounted();

  await assert.rejects(patch("data/none", {}), { kind: "invalid-request", message: "no data provided" });
});

test("a patch by null is none, where there is something to patch", async () => {
  const { patch, write } = await mounted();
  await write("data/foo", { data: {} });

  assert.deepEqual(notFoundBody(await patch("data/none", { data: null })), {});
  await assert.rejects(patch("data/foo", { data: null }), { kind: "invalid-request", message: "no data provided" });
});

test("a deleted or destroyed version cannot be patched, and the answer says what it is [K179, K180]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  await mount.delete("data/foo");
  await writeVersions(mount, "bar", 1);
  await mount.write("destroy/bar", { versions: [1] });

  const deleted = notFoundData(await mount.patch("data/foo", { data: {} }));
  const destroyed = notFoundData(await mount.patch("data/bar", { data: {} }));

  assert.equal(deleted["version"], 1);
  assert.notEqual(deleted["deletion_time"], "");
  assert.equal("metadata" in deleted, false);
  assert.equal(destroyed["destroyed"], true);
});

test("a patch is checked as a write is [K181, K182]", async () => {
  const { patch, write } = await mounted();
  await write("data/foo", { data: {} });

  await assert.rejects(patch("data/foo", { data: {}, options: { cas: 2 } }), {
    message: "check-and-set parameter did not match the current version",
  });
  await write("config", { cas_required: true });
  await assert.rejects(patch("data/foo", { data: {} }), {
    message: "check-and-set parameter required for this call",
  });
  assert.equal((await patch("data/foo", { data: {}, options: { cas: 1 } }))?.data?.["version"], 2);
});

test("null as a value cannot be patched", async () => {
  const { patch, write } = await mounted();
  await write("data/foo", { data: null });

  await assert.rejects(patch("data/foo", { data: { a: 1 } }), { message: "resource does not exist" });
});
