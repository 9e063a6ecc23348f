import assert from "node:assert/strict";
import { test } from "node:test";
import { type Backend, UserError } from "@vaultwright/core/launch";
import type { FakePlugin } from "../fake-plugins.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost, type TestHost } from "../test-host.ts";

/** Reads what the page is sent. */
async function openActivity({ host }: TestHost, token = host.rootToken) {
  const gone = new AbortController();
  const headers = { "X-Vault-Token": token };
  // A test that waits for what does not come must fail, not hang.
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(20_000)]);
  const response = await fetch(`${host.address}/ui/api/activity`, { headers, signal });
  assert.equal(response.status, 200);
  assert.ok(response.body);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    /** Gives all that has come when it has what the test looks for; the text itself when the stream ended before. */
    async until(found: (pieces: Piece[]) => boolean): Promise<Piece[]> {
      for (;;) {
        const lines = text.split("\n").slice(0, -1);
        const pieces = lines.map((line): Piece => JSON.parse(line));
        if (found(pieces)) return pieces;
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended with ${text}`);
        text += value;
      }
    },
    async ended(): Promise<void> {
      while (!(await reader.read()).done);
    },
    [Symbol.dispose]: () => gone.abort(),
  };
}

interface Piece {
  readonly lines: readonly { level: string; message: string; fields: Record<string, string>; timeMs: number }[];
  readonly calls: readonly Record<string, unknown>[];
  readonly missed: number;
}

const callsOf = (pieces: readonly Piece[], service: string) =>
  pieces
    .flatMap(({ calls }) => calls)
    .filter((call) => call["service"] === service)
    .map(({ mount, method, path, bytes, result }) => [mount, method, path, bytes, result]);

test("sends the calls in both directions: who, what path, how large, how it ended, and never a value", async () => {
  await using running = await startTestHost({ store: passThrough });
  await running.mount("secret", "store", "kv");
  await running.call("POST", "kv/a", { body: { password: "hunter2" } });
  await running.call("GET", "kv/a");
  using activity = await openActivity(running);

  const pieces = await activity.until((all) => callsOf(all, "backend").length >= 5);

  assert.deepEqual(callsOf(pieces, "backend"), [
    ["", "version", "", undefined, "ok"],
    ["kv/", "initialize", "", undefined, "ok"],
    ["kv/", "checkExistence", "update a", undefined, "ok"],
    ["kv/", "handleRequest", "create a", undefined, "ok"],
    ["kv/", "handleRequest", "read a", undefined, "ok"],
  ]);
  assert.deepEqual(callsOf(pieces, "storage"), [
    ["kv/", "get", "a", undefined, "ok"],
    ["kv/", "put", "a", 22, "ok"],
    ["kv/", "get", "a", 22, "ok"],
  ]);
  assert.doesNotMatch(JSON.stringify(pieces), /hunter2/);
});

test("says of what kind an error was, and not its text", async () => {
  const backend: Backend = {
    type: "secret",
    async handleRequest() {
      throw new UserError("the password hunter2 is too short");
    },
    checkExistence: async () => undefined,
  };
  const failing: FakePlugin = { factory: () => backend };
  await using running = await startTestHost({ failing });
  await running.mount("secret", "failing");
  await running.call("GET", "failing/a");
  using activity = await openActivity(running);

  const pieces = await activity.until((all) => callsOf(all, "backend").length >= 3);

  assert.deepEqual(callsOf(pieces, "backend").at(-1), ["failing/", "handleRequest", "read a", undefined, "user"]);
  assert.doesNotMatch(JSON.stringify(pieces), /hunter2/);
});

test("looks into nothing that a plugin wraps, and follows what a transaction does", async () => {
  const backend: Backend = {
    type: "secret",
    async handleRequest({ operation }, { storage, system }) {
      if (operation !== "read") return undefined;
      await system.wrapData({ key: "hunter2", operation: "hunter2", path: "hunter2" }, 60);
      await storage.transaction((inside) => inside.put({ key: "in/side", value: new Uint8Array(7) }));
      return undefined;
    },
    checkExistence: async () => undefined,
  };
  await using running = await startTestHost({ wrapping: { factory: () => backend } });
  await running.mount("secret", "wrapping");
  await running.call("GET", "wrapping/a");
  using activity = await openActivity(running);

  const pieces = await activity.until((all) => callsOf(all, "storage").length >= 2);

  assert.deepEqual(callsOf(pieces, "system"), [["wrapping/", "wrapData", "", undefined, "ok"]]);
  assert.deepEqual(callsOf(pieces, "storage"), [
    ["wrapping/", "put", "in/side", 7, "ok"],
    ["wrapping/", "transaction", "", undefined, "ok"],
  ]);
  assert.doesNotMatch(JSON.stringify(pieces), /hunter2/);
});

test("sends lines of the log as they come, with the path of the mount that a plugin named by UUID", async () => {
  const chatty: FakePlugin = {
    factory: ({ uuid }) => ({
      type: "secret",
      async handleRequest({ operation }, { log }) {
        if (operation === "read") log.warn("looked at", { mount_uuid: uuid, error: new Error("odd") });
        return undefined;
      },
      checkExistence: async () => undefined,
    }),
  };
  await using running = await startTestHost({ chatty });
  await running.mount("secret", "chatty", "talk");
  using activity = await openActivity(running);
  await activity.until((all) => all.length > 0);

  await running.call("GET", "talk/a");
  const pieces = await activity.until((all) => all.some(({ lines }) => lines.some(({ level }) => level === "warn")));

  const line = pieces.flatMap(({ lines }) => lines).find(({ level }) => level === "warn");
  assert.equal(line?.message, "looked at");
  assert.equal(line?.fields["mount"], "talk/");
  assert.equal(line?.fields["error"], "odd");
});

test("writes a line for each request, without what is behind its path", async () => {
  await using running = await startTestHost({ store: passThrough });
  await running.mount("secret", "store", "kv");
  await running.call("LIST", "kv/");
  await running.call("GET", "kv/a?password=hunter2");
  using activity = await openActivity(running);

  const pieces = await activity.until((all) => /"kv\/a"/.test(JSON.stringify(all)));

  const requests = pieces.flatMap(({ lines }) => lines).filter(({ message }) => message === "request");
  const [list, read] = requests.slice(-2).map(({ fields: { ms: _ms, ...fields } }) => fields);
  assert.deepEqual(list, { method: "LIST", path: "kv/", status: "404", mount: "kv/" });
  assert.deepEqual(read, { method: "GET", path: "kv/a", status: "404", mount: "kv/" });
  assert.doesNotMatch(JSON.stringify(pieces), /hunter2/);
});

test("ends when the reader's token ends", async () => {
  await using running = await startTestHost();
  const policy = 'path "ui/api/*" { capabilities = ["read", "sudo"] }';
  await running.call("POST", "sys/policies/acl/page", { body: { policy } });
  const created = await running.call("POST", "auth/token/create", { body: { policies: ["page"] } });
  const token = created.body.auth.client_token;
  using activity = await openActivity(running, token);
  await activity.until((all) => all.length > 0);

  await running.call("POST", "auth/token/revoke", { body: { token } });

  await activity.ended();
});
