import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "./mount.ts";

const mismatch = { kind: "invalid-request", message: "check-and-set parameter did not match the current version" };
const required = { kind: "invalid-request", message: "check-and-set parameter required for this call" };
const unreadable = { kind: "invalid-request", message: "error parsing check-and-set parameter" };

/** A mount with a way to write under a check, which gives the number of the version. */
async function checked() {
  const mount = await mounted();
  const put = async (key: string, cas?: unknown) => {
    const options = cas === undefined ? {} : { options: { cas } };
    return (await mount.write(`data/${key}`, { data: {}, ...options }))?.data?.["version"];
  };
  return { ...mount, put };
}

test("a write names the version that it follows [K35, K36, K37, K38]", async () => {
  const { put } = await checked();

  assert.equal(await put("foo", 0), 1);
  await assert.rejects(put("foo", 0), mismatch);
  assert.equal(await put("foo", 1), 2);
  assert.equal(await put("foo", "2"), 3);
});

test("what is no number is refused; null and empty text are zero [K39, K40, K41, K42, K43]", async () => {
  const { put } = await checked();

  assert.equal(await put("foo", null), 1);
  for (const cas of ["abc", {}, [1]]) await assert.rejects(put("foo", cas), unreadable);
  for (const cas of ["", -1, 7]) await assert.rejects(put("foo", cas), mismatch);
});

test("mount and secret can require it, and the secret cannot lift what the mount requires [K44, K45, K46]", async () => {
  const { put, write } = await checked();

  await write("config", { cas_required: true });
  await assert.rejects(put("foo"), required);
  await write("metadata/foo", { cas_required: false });
  await assert.rejects(put("foo"), required);
  await write("config", { cas_required: false });
  assert.equal(await put("foo"), 1);
  await write("metadata/foo", { cas_required: true });
  await assert.rejects(put("foo"), required);
});

test("a version that is deleted or destroyed still counts [K47, K48]", async () => {
  const { put, delete: remove, write } = await checked();
  await put("foo");
  await remove("data/foo");
  await put("bar");
  await write("destroy/bar", { versions: [1] });

  await assert.rejects(put("foo", 0), mismatch);
  assert.equal(await put("foo", 1), 2);
  assert.equal(await put("bar", 1), 2);
});

test("zero fits a secret without versions [K49, K50]", async () => {
  const { put, delete: remove, write } = await checked();
  await write("metadata/foo", { max_versions: 3 });

  assert.equal(await put("foo", 0), 1);
  await remove("metadata/foo");
  assert.equal(await put("foo", 0), 1);
});

test("of many writes that follow the same version, one succeeds [K51]", async () => {
  const { put } = await checked();

  const results = await Promise.allSettled(Array.from({ length: 20 }, () => put("foo", 0)));

  const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason.message] : []));
  assert.equal(results.length - refusals.length, 1);
  assert.deepEqual(new Set(refusals), new Set([mismatch.message]));
});

test("other options mean nothing and are not warned of [K52]", async () => {
  const { write } = await mounted();

  const answer = await write("data/foo", { data: {}, options: { other: 1 } });

  assert.equal(answer?.warnings, undefined);
});
