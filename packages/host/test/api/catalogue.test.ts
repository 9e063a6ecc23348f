import assert from "node:assert/strict";
import { test } from "node:test";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("finds out the type of a plugin that is registered without one", async () => {
  await using host = await startTestHost({ store: passThrough });
  const body = { sha256: host.plugins.sha256("store"), command: "store" };

  const registered = await host.call("POST", "sys/plugins/catalog/store", { body });
  const read = await host.call("GET", "sys/plugins/catalog/secret/store");

  assert.equal(registered.status, 204);
  assert.equal(read.body.data.name, "store");
});

test("warns those who read and remove plugins without a type", async () => {
  await using host = await startTestHost();

  const read = await host.call("GET", "sys/plugins/catalog/store");
  const removed = await host.call("DELETE", "sys/plugins/catalog/store");

  assert.deepEqual(read.body.warnings, [
    'Deprecated API endpoint, cannot read plugin information from catalog for "store"',
  ]);
  assert.deepEqual(removed.body.warnings, [
    'Deprecated API endpoint, cannot deregister plugin from catalog for "store"',
  ]);
});

test("lists the plugins of a type", async () => {
  await using host = await startTestHost({ store: passThrough });
  const body = { sha256: host.plugins.sha256("store"), command: "store" };
  await host.call("POST", "sys/plugins/catalog/secret/store", { body });
  const list = async (type: string) => (await host.call("LIST", `sys/plugins/catalog/${type}`)).status;

  const { body: secrets } = await host.call("LIST", "sys/plugins/catalog/secret");

  assert.deepEqual(secrets.data.keys, ["store"]);
  assert.deepEqual([await list("auth"), await list("database"), await list("odd")], [404, 404, 405]);
});

test("takes one text for one argument, whatever commas it has", async () => {
  await using host = await startTestHost({ store: passThrough });
  const body = { sha256: host.plugins.sha256("store"), command: "store", args: "--list=a,b" };

  await host.call("POST", "sys/plugins/catalog/secret/store", { body });
  const read = await host.call("GET", "sys/plugins/catalog/secret/store");

  assert.deepEqual(read.body.data.args, ["--list=a,b"]);
});

test("says what is wrong with a registration", async () => {
  await using host = await startTestHost({ store: passThrough });
  const sha256 = host.plugins.sha256("store");
  const register = async (body: object) =>
    (await host.call("POST", "sys/plugins/catalog/secret/store", { body })).body.errors[0];

  assert.equal(
    await register({ sha256: "zz", command: "store" }),
    "Could not decode SHA256 value from Hex zz: encoding/hex: invalid byte: U+007A 'z'",
  );
  assert.equal(
    await register({ sha256: "abc", command: "store" }),
    "Could not decode SHA256 value from Hex abc: encoding/hex: odd length hex string",
  );
  assert.equal(await register({ sha256 }), "must provide at least one of command or oci_image");
  assert.match(await register({ sha256, command: "store", version: "odd" }), /is not a valid semantic version/);
});

test("reloads the mounts of a plugin of a type", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");
  const reload = async (path: string, body: object = {}) => host.call("POST", `sys/plugins/reload/${path}`, { body });
  const before = host.plugins.starts("store");

  const reloaded = await reload("secret/store");
  const unknown = await reload("unknown/store");
  const other = await reload("auth/store");
  const global = await reload("secret/store", { scope: "global" });
  const nowhere = await reload("secret/none", { scope: "global" });
  const odd = await reload("backend", { plugin: "store", scope: "odd" });

  assert.equal(host.plugins.starts("store"), before + 3);
  assert.deepEqual([reloaded.status, reloaded.body.warnings], [200, null]);
  assert.deepEqual([unknown.status, unknown.body.warnings], [200, null]);
  assert.deepEqual(other.body.warnings, ["no plugins were reloaded"]);
  assert.equal(global.status, 202);
  assert.match(global.body.data.reload_id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(nowhere.body.warnings, [
    "no plugins were reloaded locally (but they may be reloaded on other nodes)",
  ]);
  assert.deepEqual(odd.body.errors, ["reload scope must be omitted or 'global'"]);
  assert.equal((await reload("odd/store")).status, 404);
});
