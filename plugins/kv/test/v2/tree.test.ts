import assert from "node:assert/strict";
import { test } from "node:test";
import { ReadOnlyStorage, StorageError } from "@vaultwright/core";
import {
  createFaultyStorage,
  createMemoryStorage,
  createTestClock,
  type Harness,
  harness,
} from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { metadataOf, mounted, mountedOnOpenBao, readValue, versionsOf, writeVersions } from "./mount.ts";

const really = { dry_run: false };

/** Which secrets of some have a value to show. */
async function readable(mount: Harness, ...keys: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(keys.map(async (key) => (await mount.read(`data/${key}`))?.data?.["data"]));
  return keys.filter((_, index) => answers[index] !== undefined);
}

for (const [host, mountOn] of [
  ["Vault", mounted],
  ["OpenBao", mountedOnOpenBao],
] as const)
  test(`everything below a folder is deleted, and brought back, on ${host}`, async () => {
    const mount = await mountOn();
    const keys = ["team/a", "team/deep/er/b", "team", "teams/c"];
    for (const key of keys) await writeVersions(mount, key, 3);
    await mount.write("destroy/team/a", { versions: [1] });
    await mount.write("metadata/team/empty", { max_versions: 2 });

    const counted = await mount.write("delete-tree/team");
    assert.deepEqual(counted?.data, { dry_run: true, secrets: 2, versions: 5 });
    assert.deepEqual(await readable(mount, ...keys), keys);
    assert.deepEqual((await mount.write("delete-tree/team", really))?.data, {
      dry_run: false,
      secrets: 2,
      versions: 5,
    });
    assert.deepEqual(await readable(mount, ...keys), ["team", "teams/c"]);
    for (const version of Object.values(await versionsOf(mount, "team/deep/er/b")))
      assert.notEqual(version["deletion_time"], "");
    assert.deepEqual((await mount.write("delete-tree/team", really))?.data, {
      dry_run: false,
      secrets: 0,
      versions: 0,
    });

    assert.deepEqual((await mount.write("undelete-tree/team"))?.data, { dry_run: true, secrets: 2, versions: 5 });
    await mount.write("undelete-tree/team/", really);
    assert.deepEqual(await readable(mount, ...keys), keys);
    assert.deepEqual((await readValue(mount, "team/a", { version: "2" })).data, { n: 2 });
    assert.equal((await versionsOf(mount, "team/a"))["1"]?.["destroyed"], true);
    assert.deepEqual((await mount.write("undelete-tree/team", really))?.data, {
      dry_run: false,
      secrets: 0,
      versions: 0,
    });
  });

test("what was deleted by itself stays deleted", async () => {
  const mount = await mounted();
  await writeVersions(mount, "team/a", 2);
  await writeVersions(mount, "team/b", 1);
  await mount.write("delete/team/a", { versions: [1] });
  await mount.delete("data/team/b");
  const before = [await versionsOf(mount, "team/a"), await metadataOf(mount, "team/b")];

  await mount.write("delete-tree/team", really);
  await mount.write("undelete-tree/team", really);

  assert.deepEqual([await versionsOf(mount, "team/a"), await metadataOf(mount, "team/b")], before);
});

test("a life that is limited begins anew", async () => {
  const mount = await mounted();
  await mount.write("config", { delete_version_after: "1h" });
  await writeVersions(mount, "team/a", 1);

  await mount.write("delete-tree/team", really);
  await mount.write("undelete-tree/team", really);

  const { deletion_time } = (await versionsOf(mount, "team/a"))["1"] ?? {};
  assert.ok(Math.abs(Date.parse(String(deletion_time)) - Date.now() - 3_600_000) < 60_000);
});

test("metadata and events tell of each secret who did it", async () => {
  const mount = await mounted({ caller: { displayName: "token-ada" } });
  await writeVersions(mount, "team/a", 2);

  await mount.write("delete-tree/team", really);
  const deleted = await metadataOf(mount, "team/a");
  await mount.write("undelete-tree/team", really);
  const undeleted = await metadataOf(mount, "team/a");

  assert.deepEqual(deleted["last_updated_by"], { actor: "token-ada", operation: "delete-tree" });
  assert.deepEqual(undeleted["last_updated_by"], { actor: "token-ada", operation: "undelete-tree" });
  const facts = { modified: "true", current_version: "2", oldest_version: "0" };
  assert.deepEqual(
    mount.events.sent.slice(-2).map(({ type, event }) => [type, event.metadata]),
    [
      ["kv-v2/delete", { ...facts, operation: "delete", path: "delete/team/a", deleted_versions: "[1,2]" }],
      [
        "kv-v2/undelete",
        {
          ...{ ...facts, operation: "undelete", path: "undelete/team/a", undeleted_versions: "[1,2]" },
          data_path: "data/team/a",
        },
      ],
    ],
  );
});

test("the whole mount is no folder, and nothing is below a secret", async () => {
  const mount = await mounted();
  await writeVersions(mount, "a", 1);

  await assert.rejects(mount.write("delete-tree/", really), { kind: "user", message: "missing path" });
  await assert.rejects(mount.write("delete-tree/a/../b", really), { kind: "user" });
  assert.deepEqual((await mount.write("delete-tree/a", really))?.data, { dry_run: false, secrets: 0, versions: 0 });
});

async function faultyMount() {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  for (let n = 100; n < 200; n += 1) await mount.write(`data/many/${n}`, { data: { n } });
  return { mount, storage };
}

test("work that takes long says where to go on", async (t) => {
  const clock = createTestClock(t);
  const { mount, storage } = await faultyMount();
  storage.setFault(() => clock.advance(0.3));

  const first = await mount.write("delete-tree/many", really);
  assert.deepEqual(first?.data, { dry_run: false, secrets: 64, versions: 64, next: "163" });
  storage.setFault(undefined);
  const second = await mount.write("delete-tree/many", { ...really, after: "163" });
  assert.deepEqual(second?.data, { dry_run: false, secrets: 36, versions: 36 });
});

test("a storage that fails halfway leaves an answer of what was done, and the rest is done when it is asked for again", async () => {
  const { mount, storage } = await faultyMount();
  let writes = 0;
  storage.setFault(({ operation }) => {
    if (operation === "put") writes += 1;
    if (writes > 50) throw new StorageError("the storage is out of order");
  });

  const first = await mount.write("delete-tree/many", really);

  assert.deepEqual(first?.data, { dry_run: false, secrets: 50, versions: 50, next: "131" });
  assert.deepEqual(first?.warnings, ["it stopped before its end: the storage is out of order"]);
  storage.setFault(undefined);
  const second = await mount.write("delete-tree/many", { ...really, after: "131" });
  assert.deepEqual(second?.data, { dry_run: false, secrets: 50, versions: 50 });
});

test("a node that cannot write says so in the storage's own words", async () => {
  const { mount, storage } = await faultyMount();
  storage.setReadOnly(true);

  assert.equal((await mount.write("delete-tree/many"))?.data?.["secrets"], 100);
  await assert.rejects(mount.write("delete-tree/many", really), { message: new ReadOnlyStorage().message });
});

test("work ends with its request, and the log says how far it came", async () => {
  const { mount, storage } = await faultyMount();
  const cancelling = new AbortController();
  let writes = 0;
  storage.setFault(({ operation }) => {
    if (operation === "put") writes += 1;
    if (writes === 40) cancelling.abort();
  });

  await assert.rejects(mount.write("delete-tree/many", really, { signal: cancelling.signal }));

  const line = mount.logs.find(
    ({ message }) => message === "work on the secrets below a folder stopped before its end",
  );
  storage.setFault(undefined);
  const rest = (await mount.write("delete-tree/many"))?.data?.["secrets"];
  assert.equal(Number(line?.fields?.["secrets"]) + Number(rest), 100);
  assert.ok(Number(rest) >= 36);
});

test("a secret that cannot be read is left as it is, and the answer says so", async () => {
  const mount = await mounted();
  await writeVersions(mount, "team/a", 1);
  const before = mount.storage.keys();
  await writeVersions(mount, "team/broken", 1);
  const [key = ""] = mount.storage.keys().filter((each) => !before.includes(each));
  await mount.storage.put({ key, value: Buffer.from('{"v":2}') });

  const answer = await mount.write("delete-tree/team", really);

  assert.deepEqual(answer?.data, { dry_run: false, secrets: 1, versions: 1 });
  assert.deepEqual(answer?.warnings, ["secrets that cannot be read, of which the log tells: 1"]);
});

test("a deletion waits for the write of a secret that is under way", async () => {
  const { mount, storage } = await faultyMount();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let isFirst = true;
  storage.setFault(async ({ operation }) => {
    if (operation !== "put" || !isFirst) return;
    isFirst = false;
    await held;
  });
  const writing = mount.request("update", "data/many/100", { data: { n: "new" } });
  const deleting = mount.write("delete-tree/many", really);
  release();
  await writing;

  assert.equal((await deleting)?.data?.["versions"], 101);
  assert.deepEqual(await readable(mount, "many/100"), []);
});
