import assert from "node:assert/strict";
import { test } from "node:test";
import { startAnew } from "../../src/server/load.ts";
import type { Server } from "../../src/server/server.ts";

const plugin = {
  name: "vault-plugin-secrets-notes",
  version: "v0.2.0",
  type: "secret",
  mountPath: "notes/",
} as const;

test("mounts a plugin where nothing is mounted", async () => {
  const { server, writes } = fakeServer({});

  assert.deepEqual(await startAnew(server, plugin), { isNew: true });

  assert.deepEqual(writes, [["sys/mounts/notes", { type: plugin.name }]]);
});

test("mounts an auth method among the auth methods", async () => {
  const { server, writes } = fakeServer({});

  await startAnew(server, { ...plugin, type: "auth", mountPath: "auth/badge/" });

  assert.deepEqual(writes, [["sys/auth/badge", { type: plugin.name }]]);
});

test("reloads a mount, and lets it have a newer version", async () => {
  const { server, writes } = fakeServer({ "notes/": { type: plugin.name, plugin_version: "v0.1.0" } });

  assert.deepEqual(await startAnew(server, plugin), { isNew: false });

  assert.deepEqual(writes, [
    ["sys/mounts/notes/tune", { plugin_version: "v0.2.0" }],
    ["sys/plugins/reload/backend", { plugin: plugin.name }],
  ]);
});

test("reloads a mount of a server that knows no versions", async () => {
  const { server, writes } = fakeServer({ "notes/": { type: plugin.name } });

  await startAnew(server, plugin);

  assert.deepEqual(writes, [["sys/plugins/reload/backend", { plugin: plugin.name }]]);
});

test("does not touch a mount of something else, and says how to make room", async () => {
  const { server, writes } = fakeServer({ "notes/": { type: "kv" } });

  await assert.rejects(startAnew(server, plugin), {
    message: "notes/ is a mount of kv already; disable it with: vault secrets disable notes/",
  });

  assert.deepEqual(writes, []);
});

function fakeServer(mounts: object): { readonly server: Server; readonly writes: unknown[] } {
  const writes: unknown[] = [];
  return {
    writes,
    server: {
      address: "http://127.0.0.1:8200",
      async request(method, path, body) {
        if (method === "GET") return { data: mounts };
        writes.push([path, body]);
        return undefined;
      },
    },
  };
}
