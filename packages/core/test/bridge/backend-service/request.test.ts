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

  test("to a mount that is not known is refused", async () => {
    const { client } = await answering(async () => undefined);

    const refusal = { status: "unknown", message: "no backend instance found" };
    await assert.rejects(client.handleRequest(request, forMount("x")), refusal);
    await assert.rejects(client.handleExistenceCheck(request, forMount("x")), refusal);
    await assert.rejects(client.invalidateKey({ key: "k" }, forMount("x")), refusal);
    await assert.rejects(client.specialPaths({}, forMount("x")), refusal);
    await assert.rejects(client.initialize(initializeArgs, forMount("x")), refusal);
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

  test("that is cancelled stops the storage calls of its handler", async () => {
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
