import { Connection, type ConnectionEvents } from "../../src/http2/connection.ts";
import { createHeaderEncoder, type HeaderEncoder } from "../../src/http2/hpack/encoder.ts";
import type { Pipe } from "../../src/http2/pipe.ts";
import { clientPreface } from "../../src/http2/protocol.ts";
import { acceptCalls } from "../../src/rpc/transport/http2/accept.ts";
import type { Service } from "../../src/rpc/transport/transport.ts";
import { bytesOf, type Frame, framesIn } from "./frames.ts";

/** A connection whose other end is the test. */
export interface Opened {
  readonly connection: Connection;
  /** Encodes header fields as the peer. */
  readonly encoder: HeaderEncoder;
  /** Bytes that the system has not taken; the test may set it. */
  pending: number;
  readonly isEnded: boolean;
  send(...frames: readonly Frame[]): void;
  sendBytes(bytes: Uint8Array): void;
  /** Frames that came since it was asked last, once everything has settled. */
  received(): Promise<readonly Required<Frame>[]>;
}

/** Lets everything happen that is under way. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function open(connect: (pipe: Pipe) => Connection): Opened {
  let written: Uint8Array[] = [];
  let isEnded = false;
  let pending = 0;
  const end = () => {
    isEnded = true;
  };
  const connection = connect({
    get pending() {
      return pending;
    },
    write: (bytes) => written.push(bytes),
    end,
    destroy: end,
  });
  return {
    connection,
    encoder: createHeaderEncoder(),
    get pending() {
      return pending;
    },
    set pending(bytes) {
      pending = bytes;
    },
    get isEnded() {
      return isEnded;
    },
    send: (...frames) => connection.data(Buffer.concat(frames.map(bytesOf))),
    sendBytes: (bytes) => connection.data(bytes),
    async received() {
      await settled();
      const bytes = Buffer.concat(written);
      written = [];
      const preface = Buffer.from(clientPreface);
      return framesIn(bytes.subarray(0, preface.length).equals(preface) ? bytes.subarray(preface.length) : bytes);
    },
  };
}

/** Makes the server's half of a connection, which has heard nothing yet. */
export function openSilentServer(services: readonly Service[]): Opened {
  return open((pipe) => new Connection(pipe, {}, acceptCalls(services)));
}

/** Makes the server's half of a connection, which knows its client, and whose greeting was read. */
export async function openServer(services: readonly Service[]): Promise<Opened> {
  const opened = openSilentServer(services);
  opened.sendBytes(clientPreface);
  opened.send({ type: "settings" });
  await opened.received();
  return opened;
}

/** Makes the client's half of a connection, which knows its server, and whose greeting was read. */
export async function openClient(events: ConnectionEvents = {}): Promise<Opened> {
  const opened = open((pipe) => new Connection(pipe, events));
  opened.send({ type: "settings" });
  await opened.received();
  return opened;
}

/** The header fields of a call. */
export const call = (path: string) =>
  [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", path],
    ["content-type", "application/grpc"],
  ] as const;

/** A message of gRPC. */
export function message(text: string): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(Buffer.byteLength(text), 1);
  return Buffer.concat([prefix, Buffer.from(text)]);
}
