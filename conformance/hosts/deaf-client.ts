import { once } from "node:events";
import { connect } from "node:tls";
import type { ConnectHost } from "./connect-host.ts";

/** A client that has asked and does not read what it is answered. */
export interface DeafClient {
  /** Closes its connection, and with it gives up what it asked for. */
  close(): void;
}

const maxWindow = 2 ** 31 - 1;

/**
 * Sends calls on a connection of its own and reads nothing from its socket. It speaks HTTP/2 by itself: Node's client
 * always reads, and grants little to an answer that nobody takes, so that a server would hardly try to send.
 */
export async function askAndNotRead(
  { socket, identity, ca }: ConnectHost,
  path: string,
  messages: readonly Uint8Array[],
  headers: Readonly<Record<string, string>>,
): Promise<DeafClient> {
  const connection = connect({ path: socket, servername: "localhost", ALPNProtocols: ["h2"], ca, ...identity });
  connection.on("error", () => {});
  await once(connection, "secureConnect");
  // No listener for data: the socket is read until its small buffer is full, and no more.
  const block = headerBlock({
    ":method": "POST",
    ":scheme": "https",
    ":path": path,
    ":authority": "localhost",
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  const calls = messages.flatMap((message, index) => {
    const stream = 1 + 2 * index;
    return [frame(0x1, 0x4, stream, block), frame(0x0, 0x1, stream, grpcMessage(message))];
  });
  const settings = frame(0x4, 0, 0, Buffer.concat([uint(0x4, 2), uint(maxWindow, 4)]));
  const window = frame(0x8, 0, 0, uint(maxWindow - 65_535, 4));
  connection.write(Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings, window, ...calls]));
  return { close: () => connection.destroy() };
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  return Buffer.concat([uint(payload.length, 3), uint(type, 1), uint(flags, 1), uint(stream, 4), payload]);
}

function grpcMessage(message: Uint8Array): Buffer {
  return Buffer.concat([uint(0, 1), uint(message.length, 4), message]);
}

/** Writes every header as a literal that is not indexed (RFC 7541, 6.2.2); none is longer than one byte can tell. */
function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).map(([name, value]) => Buffer.concat([uint(0, 1), text(name), text(value)])),
  );
}

function text(value: string): Buffer {
  return Buffer.concat([uint(value.length, 1), Buffer.from(value)]);
}

function uint(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}
