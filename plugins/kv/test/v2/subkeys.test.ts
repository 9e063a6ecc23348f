import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, notFoundData } from "./mount.ts";

test("members are shown without their values [K190, K199]", async () => {
  const { read, write } = await mounted();
  await write("data/x", { data: { foo: "abc", bar: { baz: "d" }, q: {}, l: [1] } });
  await write("data/empty", { data: {} });

  const answer = await read("subkeys/x");

  assert.deepEqual(answer?.data?.["subkeys"], { foo: null, bar: { baz: null }, q: null, l: null });
  assert.equal(Object.keys(Object(answer?.data?.["metadata"])).length, 5);
  assert.deepEqual((await read("subkeys/empty"))?.data?.["subkeys"], {});
});

test("a depth shows so many levels [K191, K192, K193]", async () => {
  const { read, write } = await mounted();
  await write("data/x", { data: { foo: { bar: { baz: 1 } } } });
  const shown = async (query: Readonly<Record<string, unknown>>) => (await read("subkeys/x", query))?.data?.["subkeys"];

  assert.deepEqual(await shown({ depth: "1" }), { foo: null });
  assert.deepEqual(await shown({ depth: "-1" }), { foo: null });
  assert.deepEqual(await shown({ depth: "2" }), { foo: { bar: null } });
  assert.deepEqual(await shown({ depth: "0" }), { foo: { bar: { baz: null } } });
  assert.deepEqual(await shown({}), { foo: { bar: { baz: null } } });
});

test("a depth is a number [K194]", async () => {
  const { read } = await mounted();

  await assert.rejects(read("subkeys/x", { depth: "not-an-integer" }), {
    message: /^Field validation failed: error converting input for field "depth":/,
  });
});

test("each version has its members [K195, K196]", async () => {
  const { read, write } = await mounted();
  await write("data/x", { data: { first: 1 } });
  await write("data/x", { data: { second: 1 } });

  assert.deepEqual((await read("subkeys/x", { version: "1" }))?.data?.["subkeys"], { first: null });
  assert.equal(await read("subkeys/x", { version: "10" }), undefined);
  assert.equal(await read("subkeys/none"), undefined);
});

test("a deleted or destroyed version has none to show [K197, K198]", async () => {
  const { delete: remove, read, write } = await mounted();
  await write("data/x", { data: { a: 1 } });
  await remove("data/x");
  const deleted = notFoundData(await read("subkeys/x"));
  await write("destroy/x", { versions: [1] });
  const destroyed = notFoundData(await read("subkeys/x"));

  assert.equal(deleted["subkeys"], null);
  assert.notEqual(Object(deleted["metadata"]).deletion_time, "");
  assert.equal(Object(destroyed["metadata"]).destroyed, true);
});
