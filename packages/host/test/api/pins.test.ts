import assert from "node:assert/strict";
import { test } from "node:test";
import type { FakePlugin } from "../fake-plugins.ts";
import { startTestHost, type TestHost } from "../test-host.ts";

test("runs the pinned version of a plugin, also where a mount is set to another, once it is reloaded", async () => {
  await using host = await startTestHost({ old: told("v1.0.0"), young: told("v2.0.0") });
  await register(host);
  await host.call("POST", "sys/mounts/m", { body: { type: "p" } });
  const before = await host.call("GET", "m/version");

  const pinned = await host.call("POST", "sys/plugins/pins/secret/p", { body: { version: "1" } });
  await host.call("POST", "sys/plugins/reload/secret/p");
  const after = await host.call("GET", "m/version");
  const mount = await host.call("GET", "sys/mounts/m");
  const tuning = await host.call("GET", "sys/mounts/m/tune");

  assert.equal(before.body.data.version, "v2.0.0");
  assert.deepEqual([pinned.status, pinned.body.data], [200, null]);
  assert.equal(after.body.data.version, "v1.0.0");
  assert.deepEqual([mount.body.data.plugin_version, mount.body.data.running_plugin_version], ["v2.0.0", "v1.0.0"]);
  assert.deepEqual(mount.body.warnings, [
    'Plugin version is configured as "v2.0.0", but running "v1.0.0" because that version is pinned',
  ]);
  assert.deepEqual(tuning.body.warnings, [
    "plugin_version is configured as v2.0.0 but a version pin for v1.0.0 is in effect",
  ]);
});

test("mounts the pinned version, and refuses to be told another", async () => {
  await using host = await startTestHost({ old: told("v1.0.0"), young: told("v2.0.0") });
  await register(host);
  await host.call("POST", "sys/plugins/pins/secret/p", { body: { version: "v1.0.0" } });

  const mounted = await host.call("POST", "sys/mounts/m", { body: { type: "p" } });
  const read = await host.call("GET", "m/version");
  const refused = await host.call("POST", "sys/mounts/n", {
    body: { type: "p", config: { plugin_version: "v2.0.0" } },
  });
  const untuned = await host.call("POST", "sys/mounts/m/tune", { body: { plugin_version: "v2.0.0" } });
  const kept = await host.call("DELETE", "sys/plugins/catalog/secret/p?version=v1.0.0");

  assert.equal(mounted.status, 204);
  assert.equal(read.body.data.version, "v1.0.0");
  assert.deepEqual(refused.body.errors, [
    'cannot specify plugin_version for secret plugin "p", as it is pinned to version v1.0.0',
  ]);
  assert.deepEqual(untuned.body.errors, [
    'plugin_version cannot be set for secret plugin "p" as a pinned version v1.0.0 is in effect',
  ]);
  assert.deepEqual(
    [kept.status, kept.body.errors],
    [500, ["1 error occurred:\n\t* cannot delete a pinned version\n\n"]],
  );
});

test("lists, reads and removes pins", async () => {
  await using host = await startTestHost({ old: told("v1.0.0"), young: told("v2.0.0") });
  await register(host);
  const none = await host.call("GET", "sys/plugins/pins");
  await host.call("POST", "sys/plugins/pins/secret/p", { body: { version: "v1.0.0" } });

  const listed = await host.call("GET", "sys/plugins/pins");
  const read = await host.call("GET", "sys/plugins/pins/secret/p");
  const removed = await host.call("DELETE", "sys/plugins/pins/secret/p");
  const gone = await host.call("GET", "sys/plugins/pins/secret/p");

  const pin = { name: "p", type: "secret", version: "v1.0.0" };
  assert.deepEqual(none.body.data, { pinned_versions: [] });
  assert.deepEqual(listed.body.data, { pinned_versions: [pin] });
  assert.deepEqual(read.body.data, pin);
  assert.deepEqual([removed.status, removed.body.data], [200, null]);
  assert.deepEqual(
    [gone.status, gone.body.errors],
    [404, ["1 error occurred:\n\t* no pinned version for this plugin\n\n"]],
  );
});

test("refuses pins that cannot be", async () => {
  await using host = await startTestHost();
  const pin = async (path: string, body: object) => {
    const answer = await host.call("POST", `sys/plugins/pins/${path}`, { body });
    return [answer.status, answer.body.errors[0]];
  };

  assert.deepEqual(await pin("secret/p", {}), [400, "missing plugin version"]);
  assert.deepEqual(await pin("secret/p", { version: "v1.0.0" }), [
    400,
    'plugin not found in the catalog; secret plugin "p" version v1.0.0 does not exist',
  ]);
  assert.deepEqual(await pin("odd/p", { version: "v1.0.0" }), [404, "1 error occurred:\n\t* unsupported path\n\n"]);
});

async function register(host: TestHost): Promise<void> {
  for (const command of ["old", "young"]) {
    const body = { sha256: host.plugins.sha256(command), command };
    assert.equal((await host.call("POST", "sys/plugins/catalog/secret/p", { body })).status, 204);
  }
}

function told(version: string): FakePlugin {
  return {
    version,
    factory: () => ({
      type: "secret",
      checkExistence: async () => undefined,
      handleRequest: async ({ operation }) => (operation === "read" ? { data: { version } } : undefined),
    }),
  };
}
