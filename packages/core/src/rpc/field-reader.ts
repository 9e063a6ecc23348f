import { Buffer } from "node:buffer";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/**
 * Reads a message, each of its texts by one native call: the library's own reader goes through every byte, which was a
 * sixth of what a list of a hundred names costs.
 */
export class FieldReader extends BinaryReader {
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a text; bytes that are no UTF-8 become U+FFFD. Throws `RangeError` where the message ends within it. */
  override string(): string {
    const length = this.uint32();
    const start = this.pos;
    this.pos += length;
    if (this.pos > this.len) throw new RangeError("premature EOF");
    return this.#bytes.toString("utf8", start, this.pos);
  }
}
