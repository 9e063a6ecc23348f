import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PermissionDenied, UnsupportedOperation } from "../../../src/logical/errors.ts";
import { requestToWire } from "../../../src/wire/request.ts";
import { backendOf, forMount, readRequest, servePluginInMemory, setupArgs } from "../in-memory.ts";
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

  test("to roll back, which a backend does not do, is refused as unsupported without a response [W113]", async () => {
    const { client } = await answering(() => Promise.reject(new UnsupportedOperation()));
    const message = { storageId: 0, request: requestToWire({ id: "1", operation: "rollback", path: "" }) };

    const { response, err } = await client.handleRequest(message, forMount("a"));

    assert.equal(response, undefined);
    assert.deepEqual(err, { errType: 5, errMsg: "unsupported operation", errCode: 0n });
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

  test("for the existence of something without a check is not found [W114]", async () => {
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
});
