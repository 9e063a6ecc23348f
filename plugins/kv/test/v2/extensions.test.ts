import assert from "node:assert/strict";
import { test } from "node:test";
import type { Harness, HarnessOptions } from "@vaultwright/core/testing";
import { metadataOf, mounted, mountedOnOpenBao } from "./mount.ts";

// The member is in no document of the engine in Go, whose documents these are.
const unchecked: HarnessOptions = { checksAnswers: false };

async function effectiveOf(mount: Harness, key: string): Promise<unknown> {
  return (await metadataOf(mount, key))["effective_settings"];
}

test("what the engines in Go do not have is off until somebody wants it", async () => {
  const mount = await mounted();
  await mount.write("metadata/a", { max_versions: 3 });

  assert.deepEqual(await mount.read("config/extensions"), { data: { search: false, effective_settings: false } });
  assert.equal(await effectiveOf(mount, "a"), undefined);
  assert.ok(!("effective_settings" in Object((await mount.read("config"))?.data)));
});

test("each extension is turned on by itself, and other settings stay", async () => {
  const mount = await mounted();
  await mount.write("config", { max_versions: 7 });

  assert.equal(await mount.write("config/extensions", { search: true }), undefined);
  await mount.write("config/extensions", {});
  await mount.write("config", { cas_required: true });

  assert.deepEqual(await mount.read("config/extensions"), { data: { search: true, effective_settings: false } });
  assert.deepEqual(await mount.read("config"), {
    data: { max_versions: 7, cas_required: true, delete_version_after: "0s" },
  });
  assert.equal(mount.events.sent.at(0)?.type, "kv-v2/config-write");
});

test("another node's change of the extensions is seen", async () => {
  const mount = await mounted();
  await mount.read("config/extensions");
  const [first, second] = [await mounted(), await mounted()];
  await first.write("config/extensions", { search: true });
  const entry = await first.storage.get("U/config");
  assert.ok(entry);
  await second.read("config/extensions");

  await second.storage.put(entry);
  await second.invalidate("U/config");

  assert.equal((await second.read("config/extensions"))?.data?.["search"], true);
});

test("the settings that apply stand beside those that are set", async () => {
  const mount = await mounted(unchecked);
  await mount.write("config/extensions", { effective_settings: true });
  await mount.write("metadata/plain", { custom_metadata: { a: "b" } });
  const defaults = { max_versions: 10, cas_required: false, delete_version_after: "0s" };
  assert.deepEqual(await effectiveOf(mount, "plain"), defaults);
  assert.deepEqual((await mount.read("config"))?.data?.["effective_settings"], defaults);
  await mount.write("metadata/own", { max_versions: 4, cas_required: true, delete_version_after: "3h" });
  await mount.write("config", { max_versions: 6, delete_version_after: "2h" });

  assert.deepEqual(await effectiveOf(mount, "plain"), { ...defaults, max_versions: 6, delete_version_after: "2h0m0s" });
  assert.deepEqual(await effectiveOf(mount, "own"), {
    max_versions: 6,
    cas_required: true,
    delete_version_after: "2h0m0s",
  });
  const set = await metadataOf(mount, "plain");
  assert.deepEqual([set["max_versions"], set["delete_version_after"]], [0, "0s"]);
  await mount.write("config", { max_versions: 2, cas_required: true, delete_version_after: "-1s" });
  assert.deepEqual(await effectiveOf(mount, "own"), {
    max_versions: 4,
    cas_required: true,
    delete_version_after: "0s",
  });
});

test("on OpenBao lists with details and the check of metadata are among them", async () => {
  const mount = await mountedOnOpenBao(unchecked);
  await mount.write("config/extensions", { effective_settings: true });
  await mount.write("config", { metadata_cas_required: true });
  await mount.write("data/a", { data: {} });
  const expected = {
    max_versions: 10,
    cas_required: false,
    delete_version_after: "0s",
    metadata_cas_required: true,
  };

  const listed = Object((await mount.list("detailed-metadata"))?.data?.["key_info"]);

  assert.deepEqual(listed.a.effective_settings, expected);
  assert.deepEqual(await effectiveOf(mount, "a"), expected);
});
