import assert from "node:assert/strict";
import { test } from "node:test";
import type { Harness } from "@vaultwright/core/testing";
import { mounted, mountedOnOpenBao, notFoundBody, writeVersions } from "./mount.ts";

async function write(mount: Harness, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await writeVersions(mount, key, 1);
}

async function keysOf(mount: Harness, path: string, query = {}): Promise<unknown> {
  return (await mount.list(path, query))?.data?.["keys"];
}

test("a list shows one level in order, a name that is both twice [K156, K157, K158, K159]", async () => {
  const mount = await mounted();
  await write(mount, "foo", "foo/bar", "a");

  assert.deepEqual(await keysOf(mount, "metadata"), ["a", "foo", "foo/"]);
  assert.deepEqual(await keysOf(mount, "metadata/foo"), ["bar"]);
  assert.deepEqual((await mount.list("metadata/a"))?.data, {});
});

test("an empty list is one without keys [K160, K172a]", async () => {
  const mount = await mounted();

  assert.deepEqual(await mount.list("metadata"), { data: {} });
  assert.deepEqual((await mount.list("metadata", { bogus: "1" }))?.warnings, [
    "Endpoint ignored these unrecognized parameters: [bogus]",
  ]);
});

test("names are sorted by their bytes", async () => {
  const mount = await mounted();
  await write(mount, "\u{1f510}", "\uffee", "é", "z", "Z");

  assert.deepEqual(await keysOf(mount, "metadata"), ["Z", "z", "é", "\uffee", "\u{1f510}"]);
});

test("secrets without a value to show are listed too [K161]", async () => {
  const mount = await mounted();
  await write(mount, "deleted", "destroyed");
  await mount.delete("data/deleted");
  await mount.write("destroy/destroyed", { versions: [1] });
  await mount.write("metadata/settings", { max_versions: 1 });

  assert.deepEqual(await keysOf(mount, "metadata"), ["deleted", "destroyed", "settings"]);
});

test("Vault's list can leave out what is deleted or will be [K162, K163, K164, K165]", async () => {
  const mount = await mounted();
  const query = { exclude_deleted: "true" };
  await write(mount, "foo", "bar", "dir/x", "destroyed");
  await writeVersions(mount, "baz", 2);
  await mount.write("metadata/ending", { delete_version_after: "1h" });
  await write(mount, "ending");
  await mount.delete("data/foo");
  await mount.write("delete/baz", { versions: [1] });
  await mount.write("destroy/destroyed", { versions: [1] });

  assert.deepEqual(await keysOf(mount, "metadata", query), ["bar", "baz", "destroyed", "dir/"]);
  await mount.delete("data/dir/x");
  assert.deepEqual((await mount.list("metadata/dir", query))?.data, {});
});

test("a secret that cannot be read stays in such a list", async () => {
  const mount = await mounted();
  await write(mount, "foo");
  await mount.delete("data/foo");
  const [key = ""] = mount.storage.keys().filter((each) => each.startsWith("U/secrets/"));
  await mount.storage.put({ key, value: Buffer.from('{"v":2}') });

  assert.deepEqual(await keysOf(mount, "metadata", { exclude_deleted: "true" }), ["foo"]);
});

test("OpenBao's list comes in pages [K166, K167, K168]", async () => {
  const mount = await mountedOnOpenBao();
  await write(mount, "a", "b", "c");

  assert.deepEqual(await keysOf(mount, "metadata", { after: "a", limit: "1" }), ["b"]);
  assert.deepEqual(await keysOf(mount, "metadata", { after: "aa" }), ["b", "c"]);
  for (const limit of ["0", "-5"]) assert.deepEqual(await keysOf(mount, "metadata", { limit }), ["a", "b", "c"]);
});

test("Vault's list has no pages, and says so [K169]", async () => {
  const mount = await mounted();
  await write(mount, "a", "b");

  const answer = await mount.list("metadata", { after: "a" });

  assert.deepEqual(answer?.data, { keys: ["a", "b"] });
  assert.deepEqual(answer?.warnings, ["Endpoint ignored these unrecognized parameters: [after]"]);
});

test("OpenBao's scan shows all levels [K170, K171]", async () => {
  const mount = await mountedOnOpenBao();

  assert.deepEqual(await mount.request("scan", "metadata/"), { data: {} });
  await write(mount, "foo", "x/y", "x/z/q");
  assert.deepEqual((await mount.request("scan", "metadata/"))?.data, { keys: ["foo", "x/y", "x/z/q"] });
  assert.deepEqual((await mount.request("scan", "metadata/x/"))?.data, { keys: ["y", "z/q"] });
});

test("OpenBao's detailed list has the metadata of each secret [K172]", async () => {
  const mount = await mountedOnOpenBao();
  await write(mount, "foo", "dir/x", "both", "both/y");

  const data = (await mount.list("detailed-metadata"))?.data;
  const scanned = (await mount.request("scan", "detailed-metadata/"))?.data;

  assert.deepEqual(data?.["keys"], ["both", "both/", "dir/", "foo"]);
  const info = Object(data?.["key_info"]);
  assert.equal(info.foo.current_version, 1);
  assert.deepEqual(info["dir/"], {});
  assert.deepEqual(info["both/"], info.both);
  assert.deepEqual(Object.keys(Object(scanned?.["key_info"])), ["both", "both/y", "dir/x", "foo"]);
});

test("Vault's engine has no detailed list, and values are no folder [K173, K174]", async () => {
  const [vault, openbao] = [await mounted(), await mountedOnOpenBao()];

  for (const path of ["detailed-metadata", "data"])
    assert.match(String(notFoundBody(await vault.list(path))["warnings"]), /'vault kv list'/);
  await assert.rejects(openbao.request("list", "data/foo"), { kind: "unsupported-operation" });
});
