import assert from "node:assert/strict";
import { test } from "node:test";
import { type Backend, LogicalError, type Operation } from "@vaultwright/core/launch";
import type { FakePlugin } from "../fake-plugins.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("describes a mount", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv", {
    description: "mine",
    options: { a: "b" },
    config: { max_lease_ttl: "1h" },
  });

  const { body } = await host.call("GET", "sys/mounts/kv");
  const all = await host.call("GET", "sys/mounts");

  const { accessor, uuid, ...rest } = body.data;
  assert.match(accessor, /^store_[0-9a-f]{8}$/);
  assert.match(uuid, /^[0-9a-f-]{36}$/);
  assert.deepEqual(rest, {
    config: { default_lease_ttl: 0, force_no_cache: false, max_lease_ttl: 3600 },
    description: "mine",
    external_entropy_access: false,
    local: false,
    options: { a: "b" },
    plugin_version: "",
    running_plugin_version: "",
    running_sha256: host.plugins.sha256("store"),
    seal_wrap: false,
    type: "store",
  });
  assert.deepEqual(Object.keys(all.body.data), ["cubbyhole/", "identity/", "kv/", "sys/"]);
  assert.deepEqual(all.body["kv/"], all.body.data["kv/"]);
});

test("refuses a mount at a path that is in use, of a plugin that there is not, and of the wrong type", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "a/b");
  const registration = { sha256: host.plugins.sha256("store"), command: "store" };
  await host.call("POST", "sys/plugins/catalog/auth/store", { body: registration });

  const inUse = await host.call("POST", "sys/mounts/a", { body: { type: "store" } });
  const asAuth = await host.call("POST", "sys/auth/c", { body: { type: "store" } });
  const unknown = await host.call("POST", "sys/mounts/c", { body: { type: "none" } });
  const untyped = await host.call("POST", "sys/mounts/c", { body: {} });
  const version = await host.call("POST", "sys/mounts/c", { body: { type: "store", options: { version: "2" } } });

  assert.deepEqual([inUse.status, inUse.body], [400, { errors: ["path is already in use at a/b/"] }]);
  assert.deepEqual([unknown.status, unknown.body], [400, { errors: ["plugin not found in the catalog: none"] }]);
  assert.deepEqual([untyped.status, untyped.body], [400, { errors: ["backend type must be specified as a string"] }]);
  assert.deepEqual(version.body, { errors: ['secrets engine "store" does not allow setting a version'] });
  assert.deepEqual(asAuth.body, { errors: ['cannot mount "store" of type "secret" as an auth backend'] });
});

test("refuses secrets engines where the host has its own, and of the types that only the host has", async () => {
  await using host = await startTestHost({ store: passThrough });
  const registration = { sha256: host.plugins.sha256("store"), command: "store" };
  await host.call("POST", "sys/plugins/catalog/secret/store", { body: registration });
  const mount = async (path: string, type: string) =>
    (await host.call("POST", `sys/${path}`, { body: { type } })).body.errors;

  assert.deepEqual(await mount("mounts/sys", "store"), ['cannot mount "sys/"']);
  assert.deepEqual(await mount("mounts/auth/x", "store"), ['cannot mount "auth/x/"']);
  assert.deepEqual(await mount("mounts/identity", "store"), ['cannot mount "identity/"']);
  assert.deepEqual(await mount("mounts/x", "cubbyhole"), ['mount type of "cubbyhole" is not mountable']);
  assert.deepEqual(await mount("auth/x", "token"), ["token credential backend cannot be instantiated"]);
});

test("takes kv-v2 for version 2 of what is registered as kv", async () => {
  await using host = await startTestHost({ kv: passThrough });
  await host.mount("secret", "kv");

  await host.call("POST", "sys/mounts/two", { body: { type: "kv-v2", options: { a: "b" } } });

  const { body } = await host.call("GET", "sys/mounts/two");
  assert.deepEqual([body.data.type, body.data.options], ["kv", { a: "b", version: "2" }]);
});

test("mounts by the plugin's name with the type plugin too", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "kv", { type: "plugin", plugin_name: "store" });

  const { body } = await host.call("GET", "sys/mounts/kv");

  assert.equal(body.data.type, "store");
});

test("disables a mount: rollback, clean-up, and nothing of its storage is left", async () => {
  const calls: string[] = [];
  await using host = await startTestHost({ store: recorded(calls) });
  await host.mount("secret", "store");
  await host.call("POST", "store/a", { body: { x: 1 } });

  const disabled = await host.call("DELETE", "sys/mounts/store");
  const gone = await host.call("GET", "store/a");
  await host.mount("secret", "store");
  const empty = await host.call("GET", "store/a");

  assert.equal(disabled.status, 204);
  assert.deepEqual(calls.slice(0, 4), ["initialize", "create a", "rollback ", "cleanup"]);
  assert.equal(gone.status, 404);
  assert.equal(empty.status, 404);
});

test("does not tell whether there was a mount to disable, and keeps its own", async () => {
  await using host = await startTestHost();

  const none = await host.call("DELETE", "sys/mounts/none");
  const own = await host.call("DELETE", "sys/mounts/sys");

  assert.equal(none.status, 204);
  assert.deepEqual([own.status, own.body], [400, { errors: ['cannot unmount "sys/"'] }]);
});

test("leaves nothing of a mount whose plugin fails to initialize", async () => {
  const failing: FakePlugin = {
    factory: () => ({
      ...recordedBackend([]),
      initialize: () => Promise.reject(new LogicalError("unknown", "not today")),
    }),
  };
  await using host = await startTestHost({ failing });
  await host.call("POST", "sys/plugins/catalog/secret/failing", {
    body: { sha256: host.plugins.sha256("failing"), command: "failing" },
  });

  const refused = await host.call("POST", "sys/mounts/failing", { body: { type: "failing" } });
  const { body } = await host.call("GET", "sys/mounts");

  assert.deepEqual([refused.status, refused.body], [400, { errors: ["not today"] }]);
  assert.deepEqual(Object.keys(body.data), ["cubbyhole/", "identity/", "sys/"]);
});

test("tunes a mount and says what is tuned", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");

  const tuned = await host.call("POST", "sys/mounts/store/tune", {
    body: { default_lease_ttl: "10m", max_lease_ttl: 7200, description: "new", passthrough_request_headers: "X-A,X-B" },
  });
  const { body } = await host.call("GET", "sys/mounts/store/tune");

  assert.equal(tuned.status, 204);
  assert.deepEqual(body.data, {
    default_lease_ttl: 600,
    description: "new",
    force_no_cache: false,
    max_lease_ttl: 7200,
    passthrough_request_headers: ["X-A", "X-B"],
  });
});

test("reloads a mount with another version of its data, and warns", async () => {
  const seen: (string | undefined)[] = [];
  const versioned: FakePlugin = {
    factory({ uuid, options }) {
      if (uuid !== "") seen.push(options.get("version"));
      return recordedBackend([]);
    },
  };
  await using host = await startTestHost({ versioned });
  await host.mount("secret", "versioned");

  const up = await host.call("POST", "sys/mounts/versioned/tune", { body: { options: { version: "2" } } });
  const down = await host.call("POST", "sys/mounts/versioned/tune", { body: { options: { version: "1" } } });
  const odd = await host.call("POST", "sys/mounts/versioned/tune", { body: { options: { version: "3" } } });

  assert.equal(up.status, 200);
  assert.deepEqual(up.body.warnings, [
    "Upgrading mount from version 0 to version 2. This mount will be unavailable for a brief period and will resume service shortly.",
  ]);
  assert.deepEqual(seen, [undefined, "2"]);
  assert.deepEqual(down.body, { errors: ["cannot downgrade mount from version 2"] });
  assert.deepEqual(odd.body, { errors: ["invalid version provided: 3"] });
});

test("finds the mount of a path for those who may use it", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "team/kv");
  await host.call("POST", "sys/policies/acl/reader", {
    body: { policy: 'path "team/kv/data/*" { capabilities = ["read"] }' },
  });
  const { body: made } = await host.call("POST", "auth/token/create", { body: { policies: ["reader"] } });
  const token = made.auth.client_token;

  const found = await host.call("GET", "sys/internal/ui/mounts/team/kv/data/a", { token });
  const hidden = await host.call("GET", "sys/internal/ui/mounts/other/kv", { token });
  const list = await host.call("GET", "sys/internal/ui/mounts", { token });

  assert.equal(found.status, 200);
  assert.equal(found.body.data.path, "team/kv/");
  assert.deepEqual(
    [hidden.status, hidden.body.errors],
    [
      403,
      ['preflight capability check returned 403, please ensure client\'s policies grant access to path "other/kv/"'],
    ],
  );
  assert.deepEqual(Object.keys(list.body.data.secret), ["cubbyhole/", "sys/", "team/kv/"]);
});

function recorded(calls: string[]): FakePlugin {
  return { factory: ({ uuid }) => (uuid === "" ? recordedBackend([]) : recordedBackend(calls)) };
}

function recordedBackend(calls: string[]): Backend {
  const { handleRequest, ...rest } = passThrough.factory({
    uuid: "",
    options: new Map(),
    storage: undefined,
  }) as Backend;
  return {
    ...rest,
    initialize: async () => void calls.push("initialize"),
    cleanup: async () => void calls.push("cleanup"),
    handleRequest(request, call) {
      calls.push(`${request.operation satisfies Operation} ${request.path}`);
      return handleRequest(request, call);
    },
  };
}
