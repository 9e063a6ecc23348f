import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PermissionDenied, UnsupportedOperation } from "../../../src/logical/errors.ts";
import { createMemoryStorage } from "../../../src/testing/memory-storage.ts";
import { requestToWire } from "../../../src/wire/request.ts";
import { backendOf, forMount, hostServices, readRequest, servePluginInMemory, setupArgs } from "../in-memory.ts";
import { initializeArgs, offers, request } from "./fixture.ts";

describe("a request", () => {
  async function answering(handle: () => Promise<undefined | { data: Record<string, unknown> }>) {
    const plugin = servePluginInMemory(
      () => backendOf({ handleRequest: handle, checkExistence: async () => void (await handle()) }),
      { offers },
    );
    await plugin.client.setup(setupArgs(1), forMount("a"));
    return plugin;
  }

  test("without an answer has no response", async () => {
    const { client } = await answering(async () => undefined);

    const { response, err } = await client.handleRequest(request, forMount("a"));

    assert.equal(response, undefined);
    assert.equal(err, undefined);
  });

  test("whose handler throws hides the exception from the caller and logs it with its causes", async () => {
    const { client, lines } = await answering(async () => {
      throw new Error("inner token hvs.x", { cause: new TypeError("deep") });
    });

    const { response, err } = await client.handleRequest(request, forMount("a"));

    assert.equal(response, undefined);
    assert.deepEqual(err, { errType: 2, errMsg: "internal error (request request-1)", errCode: 0n });
    const line = lines.at(-1);
    assert.equal(line?.message, "request failed");
    assert.equal(line?.fields["requestId"], "request-1");
    assert.match(String(line?.fields["stack"]), /inner token[\s\S]*caused by: TypeError: deep/);
    assert.equal((await client.type({}, forMount("a"))).type, 1);
  });

  test("of an operation that is not known is not supported", async () => {
    const { client } = await answering(async () => undefined);
    const message = { storageId: 0, request: { ...requestToWire(readRequest), operation: "teleport" } };

    assert.equal((await client.handleRequest(message, forMount("a"))).err?.errType, 5);
  });

  test("whose answer cannot be written is an internal failure", async () => {
    const { client } = await answering(async () => ({ data: { error: 5 } }));

    assert.equal((await client.handleRequest(request, forMount("a"))).err?.errType, 2);
  });

  test("keeps the kind of a failure that another wraps", async () => {
    const { client } = await answering(async () => {
      throw new Error("while reading", { cause: new PermissionDenied() });
    });

    assert.equal((await client.handleRequest(request, forMount("a"))).err?.errType, 8);
  });

  test("to a mount that is not known is refused, as is any other call [W74]", async () => {
    const { client } = await answering(async () => undefined);

    const refusal = { status: "unknown", message: "no backend instance found" };
    await assert.rejects(client.handleRequest(request, forMount("x")), refusal);
    await assert.rejects(client.handleExistenceCheck(request, forMount("x")), refusal);
    await assert.rejects(client.invalidateKey({ key: "k" }, forMount("x")), refusal);
    await assert.rejects(client.specialPaths({}, forMount("x")), refusal);
    await assert.rejects(client.initialize(initializeArgs, forMount("x")), refusal);
    await assert.rejects(client.type({}, forMount("x")), refusal);
    await assert.rejects(client.cleanup({}, forMount("x")), refusal);
  });

  test("for the existence of something without a check is not found", async () => {
    const { client } = await answering(async () => undefined);

    const reply = await client.handleExistenceCheck(request, forMount("a"));

    assert.deepEqual(reply, { checkFound: false, exists: false, err: undefined });
  });

  test("for the existence of something tells the failure", async () => {
    const { client } = await answering(async () => {
      throw new UnsupportedOperation();
    });

    assert.equal((await client.handleExistenceCheck(request, forMount("a"))).err?.errType, 5);
  });

  test("that is cancelled stops the storage calls of its handler [W116]", async () => {
    const controller = new AbortController();
    const entered = Promise.withResolvers<AbortSignal>();
    const ended = Promise.withResolvers<unknown>();
    const slow = {
      ...createMemoryStorage(),
      get: (_: string, options?: { signal?: AbortSignal }) => stuck(options?.signal),
    };
    function stuck(signal: AbortSignal | undefined): Promise<never> {
      entered.resolve(signal ?? AbortSignal.abort());
      return new Promise(() => {});
    }
    const { client, lines } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, { storage }) {
            await storage.get("a").catch((error) => {
              ended.resolve(error);
              throw error;
            });
            return undefined;
          },
        }),
      { offers: new Map([[1, hostServices({ storage: slow })]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    const call = client.handleRequest(request, forMount("a", controller.signal));
    const atHost = await entered.promise;
    controller.abort();

    await assert.rejects(call, { status: "cancelled" });
    assert.equal(((await ended.promise) as Error).name, "AbortError");
    assert.equal(atHost.aborted, true);
    assert.deepEqual(
      lines.filter(({ level }) => level === "error"),
      [],
    );
  });

  test("that writes where the host may only read tells the host so in the host's own words [W105]", async () => {
    const storage = createMemoryStorage();
    storage.setReadOnly(true);
    const { client } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest({ path }, call) {
            const written = call.storage.put({ key: "a", value: Uint8Array.of(1) });
            if (path === "plain") await written;
            await written.catch((cause) => {
              throw new Error("while saving", { cause });
            });
            return undefined;
          },
        }),
      { offers: new Map([[1, hostServices({ storage })]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    for (const path of ["plain", "wrapped"]) {
      const message = { storageId: 0, request: requestToWire({ ...readRequest, path }) };
      const { response, err } = await client.handleRequest(message, forMount("a"));

      assert.equal(response, undefined);
      assert.deepEqual(err, { errType: 0, errMsg: "cannot write to readonly storage", errCode: 0n });
    }
  });

  test("whose handler fails within a transaction leaves nothing of it in the host's storage [W121]", async () => {
    const storage = createMemoryStorage({ host: "openbao" });
    const { client, dialled } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, call) {
            await call.storage.transaction(async (inside) => {
              await inside.put({ key: "a", value: Uint8Array.of(1) });
              throw new PermissionDenied();
            });
            return undefined;
          },
        }),
      { offers: new Map([[1, hostServices({ storage, hasTransactions: true })]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    const { err } = await client.handleRequest(request, forMount("a"));

    assert.equal(err?.errType, 8);
    assert.equal(dialled.get(1)?.calls.at(-1)?.path, "/pb.Storage/Rollback");
    assert.equal(await storage.get("a"), undefined);
  });

  test("that is cancelled within a transaction still rolls it back [W121]", async () => {
    const storage = createMemoryStorage({ host: "openbao" });
    const cancel = new AbortController();
    const { client, dialled } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, call) {
            await call.storage.transaction(async (inside) => {
              await inside.put({ key: "a", value: Uint8Array.of(1) });
              cancel.abort();
            });
            return undefined;
          },
        }),
      { offers: new Map([[1, hostServices({ storage, hasTransactions: true })]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    await assert.rejects(client.handleRequest(request, forMount("a", cancel.signal)), { status: "cancelled" });
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);

    assert.equal(dialled.get(1)?.calls.at(-1)?.path, "/pb.Storage/Rollback");
    assert.equal(await storage.get("a"), undefined);
  });

  test("whose events and observations the host does not take is answered all the same [W122]", async () => {
    const { client } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, { events }) {
            await events.send("kv/write", { id: "1" });
            await events.observe("kv/write", { a: 1 });
            return { data: { done: true } };
          },
        }),
      { offers: new Map([[1, []]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    for (const _ of [1, 2]) {
      const { response, err } = await client.handleRequest(request, forMount("a"));

      assert.deepEqual([response?.data, err], ['{"done":true}', undefined]);
    }
  });

  test("shows the log nothing of its tokens, data and internal data, however it fails [W134]", async () => {
    const secrets = [
      "s-token",
      "s-accessor",
      "s-data",
      "s-internal",
      "s-login",
      "s-login-token",
      "s-header",
      "s-answer",
    ];
    const confidential = {
      ...readRequest,
      operation: "update",
      clientToken: "s-token",
      clientTokenAccessor: "s-accessor",
      data: { password: "s-data" },
      secret: { internalData: { key: "s-internal" } },
      auth: { internalData: { key: "s-login" }, clientToken: "s-login-token" },
      headers: new Map([["Authorization", ["s-header"]]]),
    } as const;
    const failures = [
      () => Promise.reject(new TypeError("broken")),
      () => Promise.reject({ request: confidential }),
      // An answer that cannot be written, since hosts take it for a failure.
      () => Promise.resolve({ data: { error: { key: "s-answer" } } }),
    ];
    const message = { storageId: 0, request: requestToWire(confidential) };

    for (const failure of failures) {
      const { client, lines } = await answering(failure);
      await client.handleRequest(message, forMount("a"));
      await client.handleExistenceCheck(message, forMount("a"));

      assert.ok(lines.some(({ level }) => level === "error"));
      for (const secret of secrets) assert.ok(!JSON.stringify(lines).includes(secret), secret);
    }
  });

  test("passes Vault's keys for snapshots on to its storage calls, and no other", async () => {
    const { client, dialled } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, { storage }) {
            await storage.get("a");
            return undefined;
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));
    const metadata = new Map([
      ["multiplex_id", ["a"]],
      ["snapshot_id", ["s"]],
    ]);

    await client.handleRequest(request, { metadata });

    assert.deepEqual(dialled.get(1)?.calls.at(-1)?.options.metadata, new Map([["snapshot_id", ["s"]]]));
  });
});
