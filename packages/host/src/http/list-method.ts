import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A client's connection, as the HTTP server gets it. */
export interface ClientConnection {
  readonly stream: Duplex;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Says that the answer is out, so that what comes next is the start of another request. */
  expectRequest(): void;
}

/** The method that stands for `LIST` behind this point; clients of the API never send it. */
export const listStandIn = "LINK";

const list = Buffer.from("LIST ");
const standIn = Buffer.from(`${listStandIn} `);

/**
 * Puts a method that Node's HTTP parser knows in place of `LIST`, of which it has never heard and which it refuses with
 * no setting to change that. Both have four letters, so nothing moves. Only the start of a request is looked at; of
 * requests that a client sends before it has the answer to the last one, which hardly any does, `LIST` stays refused.
 */
export function connectionWithList(socket: Socket): ClientConnection {
  let start: Buffer | undefined = Buffer.alloc(0);
  const replaced = (chunk: Buffer): Buffer | undefined => {
    if (start === undefined) return chunk;
    const begun = Buffer.concat([start, chunk]);
    if (begun.length < list.length && begun.equals(list.subarray(0, begun.length))) {
      start = begun;
      return undefined;
    }
    start = undefined;
    if (begun.subarray(0, list.length).equals(list)) standIn.copy(begun);
    return begun;
  };
  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write: (chunk, encoding, callback) => void socket.write(chunk, encoding, callback),
    final: (callback) => void socket.end(callback),
    destroy(error, callback) {
      socket.destroy();
      callback(error);
    },
  });
  socket.on("data", (chunk: Buffer) => {
    const bytes = replaced(chunk);
    if (bytes !== undefined && !stream.push(bytes)) socket.pause();
  });
  socket.on("end", () => stream.push(null));
  socket.on("error", (error) => stream.destroy(error));
  socket.on("close", () => stream.destroy());
  return {
    stream,
    remoteAddress: (socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    remotePort: socket.remotePort ?? 0,
    expectRequest() {
      start = Buffer.alloc(0);
    },
  };
}
