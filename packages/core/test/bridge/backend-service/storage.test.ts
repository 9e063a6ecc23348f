import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PermissionDenied } from "../../../src/logical/errors.ts";
import { createMemoryStorage } from "../../../src/testing/memory-storage.ts";
import { requestToWire } from "../../../src/wire/request.ts";
import { backendOf, forMount, hostServices, readRequest, servePluginInMemory, setupArgs } from "../in-memory.ts";
import { offers, request } from "./fixture.ts";

describe("a request that uses the host's storage", () => {
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
