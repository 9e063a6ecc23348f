import assert from "node:assert/strict";
import { test } from "node:test";
import type { Harness } from "@vaultwright/core/testing";
import { mounted, mountedOnOpenBao, notFoundBody } from "./mount.ts";

async function settingsOf({ read }: Harness): Promise<unknown> {
  return (await read("config"))?.data;
}

test("a new mount has settings that ask for nothing [K1]", async () => {
  const settings = { max_versions: 0, cas_required: false, delete_version_after: "0s" };

  assert.deepEqual(await settingsOf(await mounted()), settings);
  assert.deepEqual(await settingsOf(await mountedOnOpenBao()), { ...settings, metadata_cas_required: false });
});

test("settings come back as they were written [K2, K8, K9]", async () => {
  const mount = await mounted();

  const answer = await mount.write("config", {
    max_versions: 5,
    cas_required: false,
    delete_version_after: "3h25m19s",
  });

  assert.equal(answer, undefined);
  assert.deepEqual(await settingsOf(mount), { max_versions: 5, cas_required: false, delete_version_after: "3h25m19s" });
  await mount.write("config", { max_versions: "7", cas_required: "true", delete_version_after: 30 });
  assert.deepEqual(await settingsOf(mount), { max_versions: 7, cas_required: true, delete_version_after: "30s" });
});

test("a write without a known setting changes nothing, stores nothing and warns of nothing [K3, K4]", async () => {
  const mount = await mounted();
  const before = mount.storage.keys();

  assert.equal(await mount.write("config", {}), undefined);
  assert.equal(await mount.write("config", { nope: 1 }), undefined);

  assert.deepEqual(mount.storage.keys(), before);
  assert.deepEqual(mount.events.sent, []);
});

test("durations are shown as Go writes them: negative as off, zero as none, days as hours [K5, K6, K7]", async () => {
  const mount = await mounted();
  const shown: unknown[] = [];

  for (const delete_version_after of ["-1h", "0s", "2d", "90s", "1h"]) {
    await mount.write("config", { delete_version_after });
    shown.push((await mount.read("config"))?.data?.["delete_version_after"]);
  }

  assert.deepEqual(shown, ["-1s", "0s", "48h0m0s", "1m30s", "1h0m0s"]);
});

test("a value of another type is refused by the name of its field [K10, K11]", async () => {
  const { write } = await mounted();

  await assert.rejects(write("config", { max_versions: "abc" }), {
    message: /^Field validation failed: error converting input for field "max_versions":/,
  });
  await assert.rejects(write("config", { cas_required: "yes" }), {
    message: /^Field validation failed: error converting input for field "cas_required":/,
  });
});

test("a negative number of versions is none of 32 bits with a sign [K12]", async () => {
  const mount = await mounted();

  await mount.write("config", { max_versions: -1 });

  assert.equal((await mount.read("config"))?.data?.["max_versions"], 4_294_967_295);
});

test("null is zero for a number and nothing for a duration [K13]", async () => {
  const mount = await mounted();
  await mount.write("config", { max_versions: 5, delete_version_after: "3h25m19s" });

  await mount.write("config", { max_versions: null, delete_version_after: null });

  assert.deepEqual(await settingsOf(mount), { max_versions: 0, cas_required: false, delete_version_after: "3h25m19s" });
});

test("settings cannot be deleted, and are no folder [K14, K15]", async () => {
  const mount = await mounted();

  await assert.rejects(mount.delete("config"), { kind: "unsupported-operation" });
  const { data, warnings } = notFoundBody(await mount.list("config"));
  assert.equal(data, null);
  assert.deepEqual(warnings, [
    "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. " +
      "If using the Vault CLI, use 'vault kv list' for this operation.",
  ]);
});

test("a node reads settings again that another one changed [K233]", async () => {
  const mount = await mounted();
  const other = await mounted({ storage: mount.storage });
  await mount.read("config");

  await other.write("config", { max_versions: 3 });
  assert.equal((await mount.read("config"))?.data?.["max_versions"], 0);
  await mount.invalidate("U/config");

  assert.equal((await mount.read("config"))?.data?.["max_versions"], 3);
});

test("settings that could not be stored do not hold", async () => {
  const mount = await mounted();
  await mount.read("config");
  mount.storage.setReadOnly(true);

  await assert.rejects(mount.write("config", { max_versions: 3 }), { message: "cannot write to readonly storage" });

  assert.equal((await mount.read("config"))?.data?.["max_versions"], 0);
});

test("settings are read from the storage once", async () => {
  const mount = await mounted();

  await mount.read("config");
  await mount.read("config");

  assert.deepEqual(
    mount.requests.slice(-2).map(({ storage }) => storage.length),
    [1, 0],
  );
});
