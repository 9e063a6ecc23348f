/**
 * How many bits the code of each byte has, and, last, that of the end of a string (RFC 7541, appendix B). The code is
 * canonical: the lengths say everything.
 */
const lengths: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
];

/** The symbol that ends a string; it must not occur in one. */
export const endOfString = 256;

/** The code of each symbol: its lowest `lengths` bits. */
export interface HuffmanCode {
  readonly lengths: Uint8Array;
  readonly codes: Uint32Array;
}

let code: HuffmanCode | undefined;

/** The code of HPACK, made at first use, because most processes that load this never are sent a header. */
export function huffmanCode(): HuffmanCode {
  code ??= canonicalCode();
  return code;
}

/** Numbers the symbols by length and, among those of a length, by value. */
function canonicalCode(): HuffmanCode {
  const counts = new Uint32Array(32);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const next = new Uint32Array(32);
  for (let length = 1; length < 31; length += 1) next[length + 1] = 2 * ((next[length] ?? 0) + (counts[length] ?? 0));
  const codes = new Uint32Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    const code = next[length] ?? 0;
    codes[symbol] = code;
    next[length] = code + 1;
  }
  return { lengths: Uint8Array.from(lengths), codes };
}
