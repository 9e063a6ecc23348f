import assert from "node:assert/strict";
import type { ServerCall, Service } from "../../src/rpc/transport/transport.ts";
import { until } from "../../src/rpc/until.ts";
import type { Frame } from "./frames.ts";
import { call, message, type Opened } from "./open.ts";

/** Methods for a client that the test is. */
export const services: readonly Service[] = [
  new Map([
    ["/t/echo", { kind: "unary", handle: async (request: Uint8Array) => request }],
    ["/t/wait", { kind: "unary", handle: () => new Promise<Uint8Array>(() => {}) }],
    ["/t/large", { kind: "unary", handle: async () => Buffer.alloc(100_000) }],
    [
      "/t/deaf",
      {
        kind: "stream",
        async *handle(_: unknown, { signal }: ServerCall) {
          yield new Uint8Array();
          await until(signal);
        },
      },
    ],
    [
      "/t/chat",
      {
        kind: "stream",
        async *handle(requests: AsyncIterable<Uint8Array>) {
          for await (const request of requests) yield request;
        },
      },
    ],
  ]),
];

/** Error codes of HTTP/2. */
export const codes = {
  none: 0,
  protocol: 1,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  refused: 7,
  compression: 9,
  calm: 11,
} as const;

/** Opens a stream for a call, whose request does not end yet. */
export function begin(peer: Opened, streamId: number, path: string, flags = 4): void {
  peer.send({ type: "headers", flags, streamId, payload: peer.encoder.encode(call(path)) });
}

/** Makes a whole call. */
export function makeCall(peer: Opened, streamId: number, path: string, text = "hello"): void {
  begin(peer, streamId, path);
  peer.send({ type: "data", flags: 1, streamId, payload: message(text) });
}

/** What a connection says when it ends because of its peer. */
export async function ending(peer: Opened): Promise<unknown> {
  const frames = await peer.received();
  const last = frames.at(-1);
  return { type: last?.type, code: last && Buffer.from(last.payload).readUInt32BE(4), isEnded: peer.isEnded };
}

/** The same of a connection that said the code. */
export const endsWith = (code: number): unknown => ({ type: "goAway", code, isEnded: true });

/** The frames of one stream, as text. */
export function summary(frames: readonly Required<Frame>[], streamId: number): readonly string[] {
  return frames
    .filter((frame) => frame.streamId === streamId)
    .map(({ type, flags, payload }) =>
      type === "rstStream" ? `reset ${Buffer.from(payload).readUInt32BE()}` : `${type} ${flags} ${payload.length}`,
    );
}

/** A call is answered: fields, a message of ten bytes with its prefix, trailers. */
export async function assertAnswers(peer: Opened, streamId: number): Promise<void> {
  makeCall(peer, streamId, "/t/echo");
  const types = summary(await peer.received(), streamId).map((line) => line.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(types, ["headers 4", "data 0", "headers 5"]);
}
