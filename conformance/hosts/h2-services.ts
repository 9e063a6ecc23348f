import { setTimeout as sleep } from "node:timers/promises";
import { RpcError, statusNames } from "../../packages/core/src/rpc/status.ts";
import type { MethodHandler, Service } from "../../packages/core/src/rpc/transport/transport.ts";

const bytes = (text: string) => Buffer.from(text);
const text = (message: Uint8Array) => Buffer.from(message).toString();

/** Makes the service that clients of other makers call. */
export function testService(): Service {
  let cancelled = 0;

  const waitForEnd = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      const end = () => {
        cancelled += 1;
        reject(new RpcError("cancelled", "gave up"));
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    });

  const methods: Readonly<Record<string, MethodHandler>> = {
    Echo: { kind: "unary", handle: async (request) => request },
    EchoStream: {
      kind: "stream",
      async *handle(requests) {
        for await (const request of requests) yield request;
      },
    },
    // Gives as many bytes as the request says.
    Give: { kind: "unary", handle: async (request) => Buffer.alloc(Number(text(request)), "give me more ") },
    // Gives how many bytes there were in all messages.
    Take: {
      kind: "stream",
      async *handle(requests) {
        let size = 0;
        for await (const request of requests) size += request.length;
        yield bytes(`${size}`);
      },
    },
    // Gives so many messages, each with its number.
    Count: {
      kind: "stream",
      async *handle(requests) {
        for await (const request of requests) {
          for (let number = 0; number < Number(text(request)); number += 1) yield bytes(`${number}`);
          return;
        }
      },
    },
    // Ends with the code and the text of the request, for instance "5 not there".
    Fail: {
      kind: "unary",
      async handle(request) {
        const [code = "", ...words] = text(request).split(" ");
        const status = statusNames[Number(code)] ?? "unknown";
        throw new RpcError(status === "ok" ? "unknown" : status, words.join(" "));
      },
    },
    FailLater: {
      kind: "stream",
      async *handle() {
        yield bytes("one");
        throw new RpcError("data-loss", "no more of these");
      },
    },
    Sleep: {
      kind: "unary",
      async handle(request) {
        await sleep(Number(text(request)));
        return request;
      },
    },
    Wait: { kind: "unary", handle: (_, { signal }) => waitForEnd(signal) },
    WaitStream: {
      kind: "stream",
      async *handle(_, { signal }) {
        yield bytes("waiting");
        await waitForEnd(signal);
      },
    },
    // Gives how many calls of the two before were given up.
    Cancelled: { kind: "unary", handle: async () => bytes(`${cancelled}`) },
    Metadata: { kind: "unary", handle: async (_, { metadata }) => bytes(JSON.stringify(Object.fromEntries(metadata))) },
    Memory: { kind: "unary", handle: async () => bytes(`${process.memoryUsage().rss}`) },
  };
  return new Map(Object.entries(methods).map(([name, method]) => [`/h2.Test/${name}`, method]));
}
