import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { createListReplacement } from "./list-method.ts";

/** Makes the stream that the HTTP parser reads of a client's connection, in which `LIST` has its stand-in. */
export function readableConnection(socket: Socket): Duplex {
  const replaced = createListReplacement();
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
    if (bytes.length > 0 && !stream.push(bytes)) socket.pause();
  });
  socket.on("end", () => stream.push(null));
  socket.on("error", (error) => stream.destroy(error));
  socket.on("close", () => stream.destroy());
  return stream;
}
