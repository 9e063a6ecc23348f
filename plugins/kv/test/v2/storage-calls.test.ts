import assert from "node:assert/strict";
import { test } from "node:test";
import type { Harness } from "@vaultwright/core/testing";
import { mounted, mountedOnOpenBao, writeLongVersions, writeVersions } from "./mount.ts";

let requests = 0;

/** Writes as hosts do: the check and the write after it are one request. */
const write = (mount: Harness, path: string, data: Readonly<Record<string, unknown>>) =>
  mount.write(path, data, { id: `request-${++requests}` });

/** Which calls of the storage some work makes; those of the check come first. */
async function callsOf({ requests }: Harness, work: () => Promise<unknown>): Promise<string> {
  const before = requests.length;
  await work();
  return requests
    .slice(before)
    .map(({ storage }) => storage.map(({ operation }) => operation).join(" "))
    .join(" | ");
}

interface Operation {
  readonly what: string;
  readonly calls: string;
  work(mount: Harness): Promise<unknown>;
}

const text = "x".repeat(10_000);
const operations: readonly Operation[] = [
  { what: "read", calls: "get", work: ({ read }) => read("data/short") },
  {
    what: "read of an older version",
    calls: "get",
    work: ({ read }) => read("data/short", { version: 1 }),
  },
  { what: "read of a long value", calls: "get get", work: ({ read }) => read("data/long") },
  { what: "subkeys", calls: "get", work: ({ read }) => read("subkeys/short") },
  { what: "first write", calls: "get | put", work: (mount) => write(mount, "data/new", { data: {} }) },
  { what: "write", calls: "get | put", work: (mount) => write(mount, "data/short", { data: {} }) },
  {
    what: "write into a full window",
    calls: "get | put",
    work: (mount) => write(mount, "data/full", { data: {} }),
  },
  {
    what: "write of a long value",
    calls: "get | put put",
    work: (mount) => write(mount, "data/long", { data: { text } }),
  },
  {
    what: "write of a long value into a full window",
    calls: "get | delete put put delete",
    work: (mount) => write(mount, "data/long-full", { data: { text } }),
  },
  { what: "patch", calls: "get put", work: ({ patch }) => patch("data/short", { data: { a: 1 } }) },
  { what: "delete", calls: "get put", work: (mount) => mount.delete("data/short") },
  {
    what: "undelete",
    calls: "get put",
    work: (mount) => mount.request("update", "undelete/short", { versions: [1] }),
  },
  {
    what: "destroy",
    calls: "get put",
    work: (mount) => mount.request("update", "destroy/short", { versions: [1] }),
  },
  { what: "metadata read", calls: "get", work: ({ read }) => read("metadata/short") },
  {
    what: "metadata write",
    calls: "get | put",
    work: (mount) => write(mount, "metadata/short", { max_versions: 3 }),
  },
  { what: "list", calls: "list", work: (mount) => mount.list("metadata") },
  {
    what: "removal of a secret with ten versions",
    calls: "get delete",
    work: (mount) => mount.delete("metadata/full"),
  },
];

test("requests need few storage calls", async () => {
  const mount = await mounted();
  await writeVersions(mount, "short", 2);
  await writeVersions(mount, "full", 10);
  await writeLongVersions(mount, "long", 2);
  await writeLongVersions(mount, "long-full", 11);

  for (const { what, calls, work } of operations) {
    const made = await callsOf(mount, () => work(mount));
    assert.equal(made, calls, what);
  }
});

test("what a check has found is not used once the secret was changed", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  const checked = { id: "checked" };
  assert.equal(await mount.exists("data/foo", {}, checked), true);
  await writeVersions(mount, "foo", 1);

  const calls = await callsOf(mount, async () => {
    const answer = await mount.request("update", "data/foo", { data: {}, options: { cas: 2 } }, checked);
    assert.equal(answer?.data?.["version"], 3);
  });

  assert.equal(calls, "get put");
});

test("what a check has found while a transaction was under way is not used", async () => {
  const mount = await mountedOnOpenBao();
  await writeLongVersions(mount, "foo", 1);
  const checked = { id: "checked" };
  const writing = mount.request("update", "data/foo", { data: { text } });

  // At any moment of it.
  while (mount.requests.at(-1)?.storage.at(-1)?.operation !== "commit") {
    await mount.exists("data/foo", {}, checked);
    await Promise.resolve();
    if (mount.requests.some(({ storage }) => storage.at(-1)?.operation === "commit")) break;
  }
  await writing;
  const answer = await mount.request("update", "data/foo", { data: {}, options: { cas: 2 } }, checked);

  assert.equal(answer?.data?.["version"], 3);
});

test("a check serves its own secret and its own request only, and not a snapshot's", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 2);
  await writeVersions(mount, "bar", 1);
  const update = (path: string, id: string) =>
    callsOf(mount, () => mount.request("update", path, { data: {} }, { id }));

  await mount.exists("data/foo", {}, { id: "a" });
  assert.equal(await update("data/bar", "a"), "get put");
  await mount.exists("data/foo", {}, { id: "b" });
  assert.equal(await update("data/foo", "other"), "get put");
  await mount.exists("data/foo", {}, { id: "c", requiresSnapshotId: "s" });
  assert.equal(await update("data/foo", "c"), "get put");
});

test("what a check has found is forgotten when another node changes something, and after a second", async (t) => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);
  const update = (id: string) => callsOf(mount, () => mount.request("update", "data/foo", { data: {} }, { id }));

  await mount.exists("data/foo", {}, { id: "a" });
  await mount.invalidate("U/secrets/x");
  assert.equal(await update("a"), "get put");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await mount.exists("data/foo", {}, { id: "b" });
  t.mock.timers.tick(1000);
  t.mock.timers.reset();
  assert.equal(await update("b"), "get put");
});

test("of many checks without a write only some are kept", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  for (let n = 0; n < 200; n += 1) await mount.exists("data/foo", {}, { id: `unused-${n}` });

  const calls = await callsOf(mount, async () => {
    await mount.request("update", "data/foo", { data: {} }, { id: "unused-0" });
  });
  assert.equal(calls, "get put");
});
