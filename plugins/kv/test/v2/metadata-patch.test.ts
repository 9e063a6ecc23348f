import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestClock } from "@vaultwright/core/testing";
import { metadataOf, mounted, mountedOnOpenBao, notFoundBody, writeVersions } from "./mount.ts";

test("only metadata that is there can be patched [K134, K144]", async () => {
  const { patch } = await mounted();

  assert.deepEqual(notFoundBody(await patch("metadata/none", { max_versions: 1 })), {});
  assert.deepEqual(notFoundBody(await patch("metadata/none", {})), {});
});

test("on OpenBao a patch of nothing asks for nothing to be there [K145]", async () => {
  const { patch } = await mountedOnOpenBao();

  assert.equal(await patch("metadata/none", {}), undefined);
  assert.deepEqual(notFoundBody(await patch("metadata/none", { max_versions: 1 })), {});
});

test("a patch leaves out what it does not name [K135, K139, K140]", async () => {
  const mount = await mounted();
  const settings = { max_versions: 3, cas_required: true, delete_version_after: "10s" };
  await mount.write("metadata/foo", { ...settings, custom_metadata: { a: "b" } });
  const shown = async () => {
    const { max_versions, cas_required, delete_version_after, custom_metadata } = await metadataOf(mount, "foo");
    return { max_versions, cas_required, delete_version_after, custom_metadata };
  };

  assert.equal(await mount.patch("metadata/foo", { max_versions: 5 }), undefined);
  assert.deepEqual(await shown(), { ...settings, max_versions: 5, custom_metadata: { a: "b" } });
  await mount.patch("metadata/foo", { max_versions: null, cas_required: null, delete_version_after: null });

  assert.deepEqual(await shown(), {
    max_versions: 0,
    cas_required: false,
    delete_version_after: "10s",
    custom_metadata: { a: "b" },
  });
});

test("custom metadata is patched member by member [K136, K137, K138]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { custom_metadata: { foo: "a", bar: "b" } });
  const patched = async (custom_metadata: unknown) => {
    await mount.patch("metadata/foo", { custom_metadata });
    return (await metadataOf(mount, "foo"))["custom_metadata"];
  };

  assert.deepEqual(await patched({ foo: null, baz: "g", n: 7 }), { bar: "b", baz: "g", n: "7" });
  assert.deepEqual(await patched({}), { bar: "b", baz: "g", n: "7" });
  assert.equal(await patched(null), null);
});

test("a life is set back by zero on Vault, and by nothing on OpenBao [K141, K142]", async () => {
  const shown: unknown[] = [];
  for (const mount of [await mounted(), await mountedOnOpenBao()]) {
    await mount.write("metadata/foo", { delete_version_after: "10s" });
    await mount.patch("metadata/foo", { delete_version_after: "0s" });
    shown.push((await metadataOf(mount, "foo"))["delete_version_after"]);
  }

  assert.deepEqual(shown, ["0s", "10s"]);
});

test("members that nobody can set are passed over [K143]", async (t) => {
  createTestClock(t);
  for (const mount of [await mounted(), await mountedOnOpenBao()]) {
    await writeVersions(mount, "foo", 1);
    const before = await metadataOf(mount, "foo");

    const answer = await mount.patch("metadata/foo", { created_time: "x", current_version: "x", foo: 1 });

    assert.equal(answer, undefined);
    assert.deepEqual(await metadataOf(mount, "foo"), before);
  }
});

test("values that cannot be are refused [K146, K147]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { max_versions: 3 });

  await assert.rejects(mount.patch("metadata/foo", { max_versions: [1, 2, 3] }), {
    message: /Field validation failed: error converting input/,
  });
  await assert.rejects(mount.patch("metadata/foo", { max_versions: -1 }), {
    kind: "user",
    message: "max_versions must not be negative",
  });
  await assert.rejects(mount.patch("metadata/foo", { max_versions: 2 ** 32 }), {
    kind: "user",
    message: "max_versions is too large",
  });
  await assert.rejects(mount.patch("metadata/foo", { custom_metadata: { "": "x" } }), {
    kind: "user",
    message: /length of key "" is 0/,
  });
  assert.equal((await metadataOf(mount, "foo"))["max_versions"], 3);
});

test("a path is needed", async () => {
  const { patch, write } = await mounted();

  await assert.rejects(patch("metadata/", { max_versions: 1 }), { kind: "user", message: "missing path" });
  await assert.rejects(write("metadata/", { max_versions: 1 }), { kind: "user", message: "missing path" });
});

test("a patch warns of a setting that the mount does not let a secret have [K148]", async () => {
  const mount = await mounted();
  await mount.write("metadata/foo", { cas_required: true });
  await mount.write("config", { cas_required: true });

  const answer = await mount.patch("metadata/foo", { cas_required: false });

  assert.deepEqual(answer?.warnings, [
    '"cas_required" set to false, but is mandated by backend config. This value will be ignored.',
  ]);
  assert.equal((await metadataOf(mount, "foo"))["cas_required"], false);
});

test("on OpenBao a change of metadata names the one that it follows [K150, K151, K152, K153, K154]", async () => {
  const mount = await mountedOnOpenBao();
  const counter = async () => (await metadataOf(mount, "foo"))["current_metadata_version"];
  await mount.write("config", { metadata_cas_required: true });

  await assert.rejects(mount.write("metadata/foo", { max_versions: 5 }), {
    kind: "user",
    message: "metadata check-and-set parameter required for this call",
  });
  await assert.rejects(mount.write("metadata/foo", { max_versions: 5, metadata_cas: 1 }), {
    message: "metadata_cas must be 0 when creating new metadata",
  });
  assert.equal(await mount.write("metadata/foo", { max_versions: 5, metadata_cas: 0 }), undefined);
  assert.equal(await counter(), 1);
  await assert.rejects(mount.write("metadata/foo", { max_versions: 5, metadata_cas: 2 }), {
    message: "metadata check-and-set parameter does not match the current version",
  });
  const patched = await mount.patch("metadata/foo", { metadata_cas_required: false, metadata_cas: 1 });

  assert.deepEqual(patched?.warnings, [
    '"metadata_cas_required" set to false, but is mandated by backend config. This value will be ignored.',
  ]);
  assert.equal(await counter(), 2);
  assert.equal(await mount.write("metadata/foo", { metadata_cas: 2 }), undefined);
  assert.equal(await counter(), 2);
});
