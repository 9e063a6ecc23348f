import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createHeaderEncoder } from "../../packages/core/src/http2/hpack/encoder.ts";
import { clientPreface } from "../../packages/core/src/http2/protocol.ts";
import { bytesOf, type Frame, framesIn, settings, uint32 } from "../../packages/core/test/http2/frames.ts";

const call = (path: string) =>
  createHeaderEncoder({ maxTableSize: 0 }).encode([
    [":method", "POST"],
    [":scheme", "http"],
    [":path", path],
    [":authority", "localhost"],
    ["content-type", "application/grpc"],
  ]);

const greeting = Buffer.concat([clientPreface, bytesOf({ type: "settings" })]);

/** Makes the `count`th frames of a flood. */
type Flood = (count: number) => readonly Frame[];

const begin = (streamId: number, method: string): Frame => ({
  type: "headers",
  flags: 4,
  streamId,
  payload: call(`/h2.Test/${method}`),
});

/** What a client may pour over a server: the frames, how often, and whether it reads what comes back. */
export const floods: Readonly<
  Record<
    string,
    { readonly first?: readonly Frame[]; readonly flood: Flood; readonly times: number; readonly reads: boolean }
  >
> = {
  "calls that are given up at once": {
    flood: (count) => [
      begin(2 * count + 1, "Wait"),
      { type: "rstStream", streamId: 2 * count + 1, payload: uint32(8) },
    ],
    times: 50_000,
    reads: true,
  },
  "pings whose answers nobody reads": {
    flood: () => [{ type: "ping", payload: Buffer.alloc(8) }],
    times: 1_000_000,
    reads: false,
  },
  "settings whose answers nobody reads": {
    flood: () => [{ type: "settings", payload: settings([4, 65_535]) }],
    times: 1_000_000,
    reads: false,
  },
  "calls whose answers nobody reads": {
    flood: (count) => [begin(2 * count + 1, "Nothing")],
    times: 200_000,
    reads: false,
  },
  "empty frames of a body": {
    first: [begin(1, "EchoStream")],
    flood: () => [{ type: "data", streamId: 1 }],
    times: 1_000_000,
    reads: true,
  },
  padding: {
    first: [begin(1, "EchoStream")],
    flood: () => [{ type: "data", flags: 8, streamId: 1, payload: Buffer.alloc(256, 0).fill(255, 0, 1) }],
    times: 200_000,
    reads: true,
  },
  "a block of header fields without an end": {
    first: [{ type: "headers", streamId: 1 }],
    flood: () => [{ type: "continuation", streamId: 1, payload: Buffer.alloc(1000) }],
    times: 100_000,
    reads: true,
  },
  "streams of which no window is open": {
    first: [{ type: "settings", payload: settings([4, 0]) }],
    flood: (count) => [
      begin(2 * count + 1, "Echo"),
      { type: "data", flags: 1, streamId: 2 * count + 1, payload: Buffer.alloc(5) },
    ],
    times: 9_000,
    reads: true,
  },
};

/** Pours a flood over a server; resolves when it is poured, or when the server has had enough. */
export async function pour(path: string, name: keyof typeof floods): Promise<Socket> {
  const { first = [], flood, times, reads } = floods[name] ?? { flood: () => [], times: 0, reads: true };
  const socket = connect(path);
  await once(socket, "connect");
  // The server ends the connection in the middle of a write.
  socket.on("error", () => {});
  if (reads) socket.resume();
  socket.write(Buffer.concat([greeting, ...first.map(bytesOf)]));
  const batch = 500;
  for (let at = 0; at < times && socket.writable; at += batch) {
    const frames = Array.from({ length: batch }, (_, index) => flood(at + index).map(bytesOf)).flat();
    if (!socket.write(Buffer.concat(frames))) await untilTaken(socket);
  }
  return socket;
}

/** Waits until a socket takes more or is closed. A server that reads nothing for long is as good as one that ended. */
function untilTaken(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), 2000);
    const done = () => {
      clearTimeout(timer);
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

/** Opens connections that stop within their first block of header fields, one byte after the other. */
export async function dawdle(path: string, connections: number): Promise<readonly Socket[]> {
  const frame = bytesOf(begin(1, "Echo"));
  const sockets = Array.from({ length: connections }, () => connect(path));
  for (const socket of sockets) socket.on("error", () => {}).write(greeting);
  for (const byte of frame.subarray(0, -1)) {
    for (const socket of sockets) socket.write(Uint8Array.of(byte));
    await sleep(5);
  }
  return sockets;
}

/** Breaks a rule in the middle of much else; gives the code of the GOAWAY that comes, or what came instead. */
export async function breakRule(path: string): Promise<number | string> {
  const socket = connect(path);
  const received: Buffer[] = [];
  const outcome = new Promise<string | undefined>((resolve) => {
    socket.on("data", (bytes) => received.push(Buffer.from(bytes)));
    socket.on("error", (error) => resolve(error.message)).on("end", () => resolve(undefined));
  });
  socket.write(Buffer.concat([greeting, bytesOf({ type: "data", payload: Buffer.alloc(100) })]));
  setImmediate(() => socket.write(Buffer.alloc(100_000)));
  const failure = await outcome;
  const goAway = framesIn(Buffer.concat(received)).find(({ type }) => type === "goAway");
  socket.destroy();
  return failure ?? (goAway ? Buffer.from(goAway.payload).readUInt32BE(4) : "no GOAWAY");
}
