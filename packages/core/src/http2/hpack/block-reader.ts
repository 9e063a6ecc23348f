import { HpackError } from "./hpack-error.ts";
import { decodeHuffman } from "./huffman-decode.ts";

/** Reads the parts of which header blocks consist (RFC 7541, 5). One reader serves all blocks of a connection. */
export interface BlockReader {
  open(block: Uint8Array): void;
  /** The byte that comes next, not consumed, or -1 at the block's end. */
  peek(): number;
  /** An integer of which the first byte has the lowest `prefixBits` bits. */
  integer(prefixBits: number): number;
  string(): string;
}

/** Bytes that may follow an integer's first. More make no number that anybody means: 2^28 is more than any block has. */
const maxContinuation = 4;

/** Makes a reader. */
export function createBlockReader(): BlockReader {
  let bytes = Buffer.alloc(0);
  let at = 0;

  const next = () => {
    const byte = bytes[at];
    if (byte === undefined) throw new HpackError("header block ends within a field");
    at += 1;
    return byte;
  };

  const continued = (prefix: number) => {
    let value = prefix;
    for (let count = 0; count < maxContinuation; count += 1) {
      const byte = next();
      value += (byte & 127) << (7 * count);
      if (byte < 128) return value;
    }
    throw new HpackError("integer too large in a header block");
  };

  const integer = (prefixBits: number) => {
    const mask = (1 << prefixBits) - 1;
    const prefix = next() & mask;
    return prefix < mask ? prefix : continued(prefix);
  };

  return {
    open(block) {
      bytes = block instanceof Buffer ? block : Buffer.from(block.buffer, block.byteOffset, block.byteLength);
      at = 0;
    },
    peek: () => bytes[at] ?? -1,
    integer,
    string() {
      const isHuffman = (bytes[at] ?? 0) >= 128;
      const length = integer(7);
      const start = at;
      if (length > bytes.length - start) throw new HpackError("header block ends within a string");
      at += length;
      return isHuffman ? decodeHuffman(bytes, start, at) : bytes.toString("latin1", start, at);
    },
  };
}
