import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { createQueue } from "../../../src/rpc/queue.ts";
import { RpcError } from "../../../src/rpc/status.ts";
import type { MethodHandler, Service, Transport } from "../../../src/rpc/transport/transport.ts";
import { until } from "../../../src/rpc/until.ts";
import { temporaryDirectory } from "../fixture.ts";
import { pairs } from "./transports.ts";

const bytes = (text: string) => Buffer.from(text);
const text = (message: Uint8Array) => Buffer.from(message).toString();

/** Serves one method at `/t/m` and connects to it. */
async function serveBy(transport: Transport, t: TestContext, method: MethodHandler) {
  const service: Service = new Map([["/t/m", method]]);
  const path = join(temporaryDirectory(t), "socket");
  const server = await transport.listen({ address: { network: "unix", address: path }, services: [service] });
  const channel = transport.dial({ address: server.address });
  t.after(async () => {
    await channel.close();
    await server.close();
  });
  return { server, channel, path };
}

for (const [name, transport] of pairs) {
  describe(`gRPC by ${name}`, { timeout: 10_000 }, () => {
    const serve = (t: TestContext, method: MethodHandler) => serveBy(transport, t, method);

    test("accepts any array of bytes as answer and request", async (t) => {
      const { channel } = await serve(t, { kind: "unary", handle: async (request) => new Uint8Array(request) });

      assert.equal(text(await channel.unary("/t/m", new Uint8Array(bytes("plain")))), "plain");
    });

    test("connects to the same address again when the connection has broken [W126]", async (t) => {
      const echo: MethodHandler = { kind: "unary", handle: async (request) => request };
      const { server, channel, path } = await serve(t, echo);
      assert.equal(text(await channel.unary("/t/m", bytes("before"))), "before");

      await server.close();
      const services: readonly Service[] = [new Map([["/t/m", echo]])];
      const again = await transport.listen({ address: { network: "unix", address: path }, services });
      t.after(() => again.close());
      await channel.connect();

      assert.equal(text(await channel.unary("/t/m", bytes("after"))), "after");
    });

    test("passes on status and text of an error", async (t) => {
      const { channel } = await serve(t, {
        kind: "unary",
        async handle() {
          throw new RpcError("failed-precondition", "nicht möglich: 100 %");
        },
      });

      await assert.rejects(channel.unary("/t/m", bytes("")), {
        name: "RpcError",
        status: "failed-precondition",
        message: "nicht möglich: 100 %",
      });
    });

    test("answers whatever the text of an error is", async (t) => {
      const texts = ["half a character: \ud800", "é".repeat(100_000)];
      const { channel } = await serve(t, {
        kind: "unary",
        async handle(request) {
          throw new Error(texts[Number(text(request))]);
        },
      });

      await assert.rejects(channel.unary("/t/m", bytes("0")), { message: "half a character: \ufffd" });
      await assert.rejects(channel.unary("/t/m", bytes("1")), { message: `${"é".repeat(6000)}...` });
    });

    test("answers a handler that throws before it returns", async (t) => {
      const { channel } = await serve(t, {
        kind: "unary",
        handle() {
          throw new Error("at once");
        },
      });

      await assert.rejects(channel.unary("/t/m", bytes("")), { status: "unknown", message: "at once" });
    });

    test("ends a call whose time is over, on both sides", async (t) => {
      const ended = Promise.withResolvers<void>();
      const { channel } = await serve(t, {
        kind: "unary",
        async handle(request, { signal }) {
          await until(signal);
          ended.resolve();
          return request;
        },
      });

      await assert.rejects(channel.unary("/t/m", bytes(""), { timeoutMs: 50 }), { status: "deadline-exceeded" });
      await ended.promise;
    });

    test("does not send a call that is cancelled already", async (t) => {
      const { channel } = await serve(t, { kind: "unary", handle: async () => assert.fail("was called") });

      const call = channel.unary("/t/m", bytes(""), { signal: AbortSignal.abort() });

      await assert.rejects(call, { status: "cancelled" });
    });

    test("carries a conversation", async (t) => {
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle(requests) {
          for await (const request of requests) yield bytes(`${text(request)}!`);
        },
      });
      const requests = createQueue<Uint8Array>();
      const answers = channel.stream("/t/m", requests)[Symbol.asyncIterator]();

      const heard = [];
      for (const word of ["one", "two"]) {
        requests.push(bytes(word));
        const { value } = await answers.next();
        heard.push(value && text(value));
      }
      requests.end();

      assert.deepEqual(heard, ["one!", "two!"]);
      assert.equal((await answers.next()).done, true);
    });

    test("carries many messages in order", async (t) => {
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle() {
          for (let i = 0; i < 2000; i += 1) yield Buffer.alloc(1000, `${i} `);
        },
      });

      const first = [];
      for await (const message of channel.stream("/t/m", createQueue())) first.push(Number.parseInt(text(message), 10));

      assert.deepEqual(
        first,
        Array.from({ length: 2000 }, (_, i) => i),
      );
    });

    test("fails a conversation with what its handler throws, after what it said", async (t) => {
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle() {
          yield bytes("before");
          throw new RpcError("aborted", "enough");
        },
      });
      const heard: string[] = [];

      const listening = (async () => {
        for await (const message of channel.stream("/t/m", createQueue())) heard.push(text(message));
      })();

      await assert.rejects(listening, { status: "aborted", message: "enough" });
      assert.deepEqual(heard, ["before"]);
    });

    test("tells the handler when the caller stops listening", async (t) => {
      const ended = Promise.withResolvers<void>();
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle(_requests, { signal }) {
          yield bytes("first");
          await until(signal);
          ended.resolve();
        },
      });

      for await (const _ of channel.stream("/t/m", createQueue())) break;

      await ended.promise;
    });

    test("fails a conversation when its signal aborts", async (t) => {
      const controller = new AbortController();
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle(_requests, { signal }) {
          yield bytes("first");
          await until(signal);
        },
      });

      const listening = (async () => {
        for await (const _ of channel.stream("/t/m", createQueue(), { signal: controller.signal })) controller.abort();
      })();

      await assert.rejects(listening, { status: "cancelled" });
    });

    test("fails a conversation when its requests do", async (t) => {
      const { channel } = await serve(t, {
        kind: "stream",
        async *handle(requests) {
          for await (const request of requests) yield request;
        },
      });
      const requests = createQueue<Uint8Array>();
      requests.push(bytes("fine"));
      requests.fail(new Error("no more"));

      await assert.rejects(
        (async () => {
          for await (const _ of channel.stream("/t/m", requests));
        })(),
        { message: "no more" },
      );
    });

    test("aborts running calls and removes the socket when the server is closed", async (t) => {
      const running = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const { server, channel, path } = await serve(t, {
        kind: "unary",
        async handle(request, { signal }) {
          running.resolve();
          await until(signal);
          ended.resolve();
          return request;
        },
      });
      const call = assert.rejects(channel.unary("/t/m", bytes("")));
      await running.promise;

      await server.close();

      await call;
      await ended.promise;
      assert.equal(existsSync(path), false);
    });

    test("connects again when the connection broke", async (t) => {
      const service: Service = new Map([["/t/m", { kind: "unary", handle: async (request: Uint8Array) => request }]]);
      const address = { network: "unix", address: join(temporaryDirectory(t), "socket") } as const;
      const first = await transport.listen({ address, services: [service] });
      const channel = transport.dial({ address });
      await channel.connect();
      await first.close();

      const second = await transport.listen({ address, services: [service] });
      t.after(async () => {
        await channel.close();
        await second.close();
      });
      await channel.connect();

      assert.equal(text(await channel.unary("/t/m", bytes("again"))), "again");
    });

    test("stops connecting when told to", async (t) => {
      const address = { network: "unix", address: join(temporaryDirectory(t), "nobody") } as const;
      const channel = transport.dial({ address });
      t.after(() => channel.close());

      await assert.rejects(channel.connect({ signal: AbortSignal.timeout(50) }), { status: "cancelled" });
    });

    test("carries metadata", async (t) => {
      const { channel } = await serve(t, {
        kind: "unary",
        handle: async (_request, { metadata }) => bytes(JSON.stringify([metadata.get("id"), metadata.get("none")])),
      });

      const answer = await channel.unary("/t/m", bytes(""), { metadata: new Map([["id", ["a, b"]]]) });

      assert.equal(text(answer), '[["a, b"],null]');
    });
  });
}
