import { HpackError } from "./hpack-error.ts";
import { huffmanCode } from "./huffman-code.ts";

/** Writes the parts of which header blocks consist (RFC 7541, 5). One writer serves all blocks of a connection. */
export interface BlockWriter {
  /** Writes an integer whose first byte has `pattern` above its lowest `prefixBits` bits. */
  integer(pattern: number, prefixBits: number, value: number): void;
  /** Writes a string in the shorter of both ways. */
  string(text: string): void;
  /** Gives what was written, and begins anew. */
  take(): Uint8Array;
}

/** Makes a writer. */
export function createBlockWriter(): BlockWriter {
  const { lengths, codes } = huffmanCode();
  let bytes = Buffer.allocUnsafe(512);
  let at = 0;

  const reserve = (count: number) => {
    if (at + count <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + count));
    larger.set(bytes.subarray(0, at));
    bytes = larger;
  };

  const integer = (pattern: number, prefixBits: number, value: number) => {
    reserve(6);
    const mask = (1 << prefixBits) - 1;
    if (value < mask) {
      bytes[at++] = pattern | value;
      return;
    }
    bytes[at++] = pattern | mask;
    let rest = value - mask;
    for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
    bytes[at++] = rest;
  };

  const bitsOf = (text: string) => {
    let bits = 0;
    let all = 0;
    for (let index = 0; index < text.length; index += 1) {
      const byte = text.charCodeAt(index);
      all |= byte;
      bits += lengths[byte] ?? 0;
    }
    if (all > 255) throw new HpackError("a header field has a character that is no byte");
    return bits;
  };

  /** Writes the codes of a text, of which `reserve` has made room. */
  const huffman = (text: string) => {
    let pending = 0;
    let count = 0;
    const append = (code: number, length: number) => {
      pending = (pending << length) | code;
      count += length;
      while (count >= 8) {
        count -= 8;
        bytes[at++] = pending >>> count;
      }
      pending &= (1 << count) - 1;
    };
    for (let index = 0; index < text.length; index += 1) {
      const byte = text.charCodeAt(index);
      const code = codes[byte] ?? 0;
      const length = lengths[byte] ?? 0;
      // Up to seven bits are pending, and 32 is all that an integer has.
      if (length > 24) append(code >>> 12, length - 12);
      if (length > 24) append(code & 4095, 12);
      else append(code, length);
    }
    if (count > 0) append((1 << (8 - count)) - 1, 8 - count);
  };

  return {
    integer,
    string(text) {
      const length = Math.ceil(bitsOf(text) / 8);
      const isHuffman = length < text.length;
      integer(isHuffman ? 128 : 0, 7, isHuffman ? length : text.length);
      reserve(text.length);
      if (isHuffman) huffman(text);
      else at += bytes.write(text, at, "latin1");
    },
    take() {
      const block = new Uint8Array(at);
      block.set(bytes.subarray(0, at));
      at = 0;
      return block;
    },
  };
}
