import type { IncomingMessage } from "node:http";
import { Failure } from "../requests/failure.ts";

const largest = 32 * 1024 * 1024;

/** Reads the body of a request, and refuses one of more than 32 MiB. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const tooLarge = (): Failure => new Failure(413, ["http: request body too large"]);
  if (Number(message.headers["content-length"] ?? 0) > largest) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    // Without an encoding set, a message gives buffers.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > largest) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
