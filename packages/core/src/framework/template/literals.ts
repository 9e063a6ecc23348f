/** Reads a quoted text of Go; undefined where an escape is none. */
export function unquote(source: string): string | undefined {
  const inner = source.slice(1, -1);
  if (source.startsWith("`")) return inner.replaceAll("\r", "");
  const pieces = inner.match(/\\x[\da-fA-F]{2}|\\[0-7]{3}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\.|[^\\]+/gsu) ?? [];
  const bytes = pieces.map((piece) =>
    piece.startsWith("\\") ? bytesOfEscape(piece, source.charAt(0)) : Buffer.from(piece),
  );
  if (bytes.some((each) => each === undefined)) return undefined;
  return Buffer.concat(bytes.filter((each) => each !== undefined)).toString();
}

/** Reads a character between single quotes as its number, which is what it is in Go. */
export function unquoteCharacter(source: string): number | undefined {
  const [character, ...more] = unquote(source) ?? "";
  return more.length > 0 ? undefined : character?.codePointAt(0);
}

/** Reads a number of Go; undefined where it is none. */
export function parseNumber(source: string): number | undefined {
  const plain = source.replaceAll("_", "");
  const [, sign = "", digits = ""] = /^([+-]?)(.*)$/.exec(plain) ?? [];
  // An integer with a leading zero is octal.
  const value = Number(/^0\d+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (digits === "" || Number.isNaN(value)) return undefined;
  return sign === "-" ? -value : value;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
]);

function bytesOfEscape(piece: string, quote: string): Buffer | undefined {
  const mark = piece.charAt(1);
  if (piece.length === 2) {
    const plain = mark === quote ? quote : escapes.get(mark);
    return plain === undefined ? undefined : Buffer.from(plain);
  }
  if (mark === "x") return Buffer.of(Number.parseInt(piece.slice(2), 16));
  if (mark !== "u" && mark !== "U") {
    const byte = Number.parseInt(piece.slice(1), 8);
    return byte > 255 ? undefined : Buffer.of(byte);
  }
  const code = Number.parseInt(piece.slice(2), 16);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0x10ffff || isSurrogate ? undefined : Buffer.from(String.fromCodePoint(code));
}
