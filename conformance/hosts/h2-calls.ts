import { setTimeout as sleep } from "node:timers/promises";
import { createQueue } from "../../packages/core/src/rpc/queue.ts";
import { RpcError } from "../../packages/core/src/rpc/status.ts";
import type { CallOptions, Channel } from "../../packages/core/src/rpc/transport/transport.ts";
import type { Sight } from "./h2-grpc.ts";

const bytes = (text: string) => Buffer.from(text);
const text = (message: Uint8Array) => Buffer.from(message).toString();
const large = 64 * 1024 * 1024;

type Check = (channel: Channel) => Promise<unknown>;

const unary = async (channel: Channel, method: string, request = "", options: CallOptions = {}) =>
  text(await channel.unary(`/h2.Test/${method}`, bytes(request), options));

const described = (error: unknown) => (error instanceof RpcError ? `${error.status}: ${error.message}` : `${error}`);

const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error) => (error instanceof RpcError ? error.status : described(error)),
  );

async function* once(message: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield message;
}

/** Waits until the server has noticed that so many calls were given up. */
async function untilCancelled(channel: Channel, count: number): Promise<void> {
  while (Number(await unary(channel, "Cancelled")) < count) await sleep(10);
}

const checks: Readonly<Record<string, Check>> = {
  echo: (channel) => unary(channel, "Echo", "hello"),
  "empty message": async (channel) => (await unary(channel, "Echo")).length,
  "unknown method": (channel) => statusOf(unary(channel, "Nothing")),
  "status and text": (channel) => unary(channel, "Fail", "9 nicht möglich: 100 %\n").catch(described),
  async metadata(channel) {
    const metadata = new Map([
      ["one", ["a, b"]],
      ["two", ["first", "second"]],
    ]);
    const { one, two } = JSON.parse(await unary(channel, "Metadata", "", { metadata }));
    return { one, two };
  },
  async conversation(channel) {
    const requests = createQueue<Uint8Array>();
    const answers = channel.stream("/h2.Test/EchoStream", requests)[Symbol.asyncIterator]();
    const heard: unknown[] = [];
    for (const word of ["one", "", "three"]) {
      requests.push(bytes(word));
      const { value } = await answers.next();
      heard.push(value && text(value));
    }
    requests.end();
    return [...heard, (await answers.next()).done];
  },
  async "many messages"(channel) {
    let next = 0;
    for await (const message of channel.stream("/h2.Test/Count", once(bytes("20000")))) {
      if (text(message) !== `${next}`) return text(message);
      next += 1;
    }
    return next;
  },
  async "failure after a message"(channel) {
    const heard: string[] = [];
    try {
      for await (const message of channel.stream("/h2.Test/FailLater", createQueue())) heard.push(text(message));
    } catch (error) {
      heard.push(described(error));
    }
    return heard;
  },
  async "64 MiB there"(channel) {
    for await (const size of channel.stream("/h2.Test/Take", once(Buffer.alloc(large)))) return text(size);
    return undefined;
  },
  "64 MiB back": async (channel) => (await channel.unary("/h2.Test/Give", bytes(`${large}`))).length,
  async "64 MiB there and back"(channel) {
    const request = Buffer.alloc(large, "0123456789abcde\n");
    return request.equals(await channel.unary("/h2.Test/Echo", request));
  },
  async "slow reader"(channel) {
    const size = 256 * 1024;
    const requests = (async function* () {
      for (let count = 0; count < 64; count += 1) yield Buffer.alloc(size);
    })();
    const answers = channel.stream("/h2.Test/EchoStream", requests)[Symbol.asyncIterator]();
    let total = (await answers.next()).value?.length ?? 0;
    await sleep(200);
    await unary(channel, "Echo", "beside it");
    for (let answer = await answers.next(); !answer.done; answer = await answers.next()) total += answer.value.length;
    return total === 64 * size;
  },
  async "parallel calls"(channel) {
    const calls = Array.from({ length: 1000 }, async (_, at) => (await unary(channel, "Echo", `${at}`)) === `${at}`);
    return (await Promise.all(calls)).filter(Boolean).length;
  },
  async "at the same time"(channel) {
    await Promise.all(Array.from({ length: 40 }, () => unary(channel, "Sleep", "20")));
    return unary(channel, "MostOpen");
  },
  async "parallel megabytes"(channel) {
    const calls = Array.from({ length: 32 }, async (_, at) => {
      const request = Buffer.alloc(1024 * 1024, at);
      return request.equals(await channel.unary("/h2.Test/Echo", request));
    });
    return (await Promise.all(calls)).filter(Boolean).length;
  },
  async deadline(channel) {
    const before = Number(await unary(channel, "Cancelled"));
    const status = await statusOf(unary(channel, "Wait", "", { timeoutMs: 50 }));
    await untilCancelled(channel, before + 1);
    return status;
  },
  async cancellation(channel) {
    const before = Number(await unary(channel, "Cancelled"));
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = (async () => {
      for await (const _ of channel.stream("/h2.Test/WaitStream", createQueue(), { signal })) controller.abort();
    })();
    const status = await statusOf(waiting);
    await untilCancelled(channel, before + 1);
    return status;
  },
  async "storm of cancellations"(channel) {
    const giveUp = async () => {
      for (let count = 0; count < 100; count += 1) {
        const controller = new AbortController();
        const call = statusOf(unary(channel, "Wait", "", { signal: controller.signal }));
        await sleep(1);
        controller.abort();
        const status = await call;
        if (status !== "cancelled") throw new Error(status);
      }
    };
    await Promise.all(Array.from({ length: 50 }, giveUp));
    return unary(channel, "Echo", "hello");
  },
  async "long headers"(channel) {
    const long = "Long header value! ".repeat(1000).trimEnd();
    const metadata = new Map([["long", [long, long]]]);
    return (await unary(channel, "Metadata", "", { metadata })).match(/Long header value!/g)?.length;
  },
  pings: (channel) => unary(channel, "Sleep", "3500"),
};

/** Makes calls of all kinds on a channel, and tells what came of each. */
export async function callEverything(channel: Channel): Promise<readonly Sight[]> {
  const sights: Sight[] = [];
  for (const [check, run] of Object.entries(checks)) {
    sights.push(
      await run(channel).then(
        (saw) => ({ check, saw }),
        (error: unknown) => ({ check, error: described(error) }),
      ),
    );
  }
  return sights;
}

/** Makes calls for so many milliseconds, a few at a time, and tells how they ended. */
export async function callFor(channel: Channel, milliseconds: number): Promise<readonly string[]> {
  const endings = new Set<string>();
  const end = performance.now() + milliseconds;
  const caller = async () => {
    while (performance.now() < end) endings.add(await statusOf(unary(channel, "Sleep", "3")));
  };
  await Promise.all(Array.from({ length: 4 }, caller));
  return [...endings];
}
