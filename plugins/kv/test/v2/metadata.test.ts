import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestClock } from "@vaultwright/core/testing";
import { metadataOf, mounted, mountedOnOpenBao, versionsOf, writeVersions } from "./mount.ts";

test("there is no metadata where nothing was written [K107, K108, K132]", async () => {
  const { read, write, delete: remove } = await mounted();

  assert.equal(await read("metadata/none"), undefined);
  assert.equal(await write("metadata/none", {}), undefined);
  assert.equal(await read("metadata/none"), undefined);
  assert.equal(await remove("metadata/none"), undefined);
});

test("metadata can come before the first version [K109]", async (t) => {
  createTestClock(t, new Date("2026-01-01T00:00:00Z"));
  const mount = await mounted();

  assert.equal(await mount.write("metadata/new", { max_versions: 5 }), undefined);

  assert.deepEqual(await metadataOf(mount, "new"), {
    versions: {},
    current_version: 0,
    oldest_version: 0,
    created_time: "2026-01-01T00:00:00Z",
    updated_time: "2026-01-01T00:00:00Z",
    max_versions: 5,
    cas_required: false,
    delete_version_after: "0s",
    custom_metadata: null,
    last_updated_by: null,
  });
});

test("each host's engine has members of its own [K110, K155]", async () => {
  const vault = await mounted();
  const openbao = await mountedOnOpenBao();
  for (const mount of [vault, openbao]) await writeVersions(mount, "foo", 2);

  assert.deepEqual(Object.keys((await versionsOf(vault, "foo"))["2"] ?? {}).sort(), [
    "created_by",
    "created_time",
    "deleted_by",
    "deletion_time",
    "destroyed",
  ]);
  assert.deepEqual(Object.keys((await versionsOf(openbao, "foo"))["2"] ?? {}).sort(), [
    "created_time",
    "deletion_time",
    "destroyed",
  ]);
  const shown = await metadataOf(openbao, "foo");
  assert.equal("last_updated_by" in shown, false);
  assert.equal(shown["current_metadata_version"], 0);
  assert.equal(shown["metadata_cas_required"], false);
});

test("Vault's metadata says who did what [K111, K112, K113]", async () => {
  const mount = await mounted({ caller: { displayName: "token-ada", entityId: "entity-1" } });
  const by = (operation: string) => ({ actor: "token-ada", operation, entity_id: "entity-1" });
  await writeVersions(mount, "foo", 2);
  await mount.delete("data/foo");

  const deleted = await versionsOf(mount, "foo");
  assert.deepEqual(deleted["1"]?.["created_by"], by("create"));
  assert.deepEqual(deleted["2"]?.["created_by"], by("update"));
  assert.equal(deleted["1"]?.["deleted_by"], null);
  assert.deepEqual(deleted["2"]?.["deleted_by"], by("delete"));
  assert.deepEqual((await metadataOf(mount, "foo"))["last_updated_by"], by("delete"));
  await mount.write("undelete/foo", { versions: [2] });

  assert.equal((await versionsOf(mount, "foo"))["2"]?.["deleted_by"], null);
  assert.deepEqual((await metadataOf(mount, "foo"))["last_updated_by"], by("undelete"));
});

test("a change of settings is noted on OpenBao only [K114, K115]", async (t) => {
  const clock = createTestClock(t, new Date("2026-01-01T00:00:00Z"));
  const shown: unknown[] = [];
  for (const mount of [await mounted(), await mountedOnOpenBao()]) {
    await writeVersions(mount, "foo", 1);
    const { last_updated_by } = await metadataOf(mount, "foo");
    clock.advance(60);
    await mount.write("metadata/foo", { max_versions: 3 });

    const changed = await metadataOf(mount, "foo");
    assert.deepEqual(changed["last_updated_by"], last_updated_by);
    shown.push(changed["updated_time"], changed["current_metadata_version"]);
  }
  assert.deepEqual(shown, ["2026-01-01T00:00:00Z", undefined, "2026-01-01T00:02:00Z", 1]);
});

test("custom metadata is replaced as a whole, and nothing else is [K116, K117, K118]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { max_versions: 3, cas_required: true, custom_metadata: { foo: "abc" } });

  await mount.write("metadata/foo", { custom_metadata: { bar: "1" } });
  const { max_versions, cas_required, custom_metadata } = await metadataOf(mount, "foo");
  assert.deepEqual(
    { max_versions, cas_required, custom_metadata },
    {
      max_versions: 3,
      cas_required: true,
      custom_metadata: { bar: "1" },
    },
  );
  for (const nothing of [{}, null]) {
    await mount.write("metadata/foo", { custom_metadata: nothing });
    assert.equal((await metadataOf(mount, "foo"))["custom_metadata"], null);
  }
});

test("custom metadata is kept as text [K119]", async () => {
  const mount = await mounted();

  await mount.write("metadata/foo", {
    custom_metadata: { n: 1, t: true, f: false, d: 1.5, small: 1e-7, large: -1.5e21, big: 9_007_199_254_740_993n },
  });

  assert.deepEqual((await metadataOf(mount, "foo"))["custom_metadata"], {
    n: "1",
    t: "1",
    f: "0",
    d: "1.5",
    small: "0.0000001",
    large: "-1500000000000000000000",
    big: "9007199254740993",
  });
});

const refusals: readonly (readonly [string, object, RegExp])[] = [
  ["K120", { a: null }, /length of value for key "a" is 0/],
  ["K121", { a: { b: "c" } }, /^custom_metadata validation failed: .*got unconvertible type/s],
  [
    "K122",
    Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, "v"])),
    /^1 error occurred:\n\t\* custom_metadata validation failed: payload must contain at most 64 keys, provided 65\n\n$/,
  ],
  ["K124", { ["a".repeat(129)]: "v" }, /length of key "a{129}" is 129 but must be 0 < len\(key\) <= 128/],
  ["K125", { k: "v".repeat(513) }, /is 513 but must be 0 < len\(value\) <= 512/],
  ["K126", { "": "v" }, /length of key "" is 0/],
  ["K127", { k: "a\u200b" }, /contains unprintable characters/],
  ["K127 in a key", { "k\u200b": "a" }, /contains unprintable characters/],
  ["K128", { "": "", ["x".repeat(129)]: "\u200b", "\u200b": "y".repeat(513) }, /^6 errors occurred:/],
];

for (const [id, custom_metadata, message] of refusals)
  test(`custom metadata that breaks a rule is refused and not stored [${id}]`, async () => {
    const { read, write } = await mounted();

    await assert.rejects(write("metadata/foo", { custom_metadata }), { kind: "user", message });

    assert.equal(await read("metadata/foo"), undefined);
  });

test("custom metadata at its limits is taken [K123]", async () => {
  const mount = await mounted();
  const custom_metadata = Object.fromEntries(
    Array.from({ length: 64 }, (_, index) => [String(index).padEnd(128, "k"), "v".repeat(512)]),
  );

  await mount.write("metadata/foo", { custom_metadata });

  assert.deepEqual((await metadataOf(mount, "foo"))["custom_metadata"], custom_metadata);
});

test("a negative life is refused [K129]", async () => {
  const { write } = await mounted();

  await assert.rejects(write("metadata/foo", { delete_version_after: "-5s" }), {
    message: `error converting input for field "delete_version_after": cannot provide negative value '-5'`,
  });
});

test("a setting that the mount does not let a secret have is stored with a warning [K130]", async () => {
  const mount = await mounted();
  await mount.write("config", { cas_required: true });

  const answer = await mount.write("metadata/foo", { cas_required: false });

  assert.deepEqual(answer, {
    warnings: ['"cas_required" set to false, but is mandated by backend config. This value will be ignored.'],
  });
  assert.equal((await metadataOf(mount, "foo"))["cas_required"], false);
});

test("deleting the metadata deletes everything [K131]", async () => {
  const mount = await mounted();
  const before = mount.storage.keys();
  await writeVersions(mount, "foo", 3);
  await mount.write("data/foo", { data: { text: "x".repeat(10_000) } });

  assert.equal(await mount.delete("metadata/foo"), undefined);

  assert.equal(await mount.read("data/foo"), undefined);
  assert.equal(await mount.read("metadata/foo"), undefined);
  assert.deepEqual(mount.storage.keys(), before);
});
