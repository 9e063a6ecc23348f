const escapes: ReadonlyMap<string, string> = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

/** Puts a text into quotes as Go's `%q` does, because clients match the messages that it stands in. */
export function goQuote(text: string): string {
  return `"${[...text].map(escaped).join("")}"`;
}

/** Puts a text into quotes as Go's package `time` does, which shows all but plain characters as their bytes. */
export function goTimeQuote(text: string): string {
  const shown = text
    .replace(/["\\]/g, "\\$&")
    .replace(/[^ -\u007f]+/gu, (strange) => [...Buffer.from(strange)].map((byte) => `\\x${hex(byte, 2)}`).join(""));
  return `"${shown}"`;
}

function escaped(character: string): string {
  const known = escapes.get(character);
  if (known !== undefined) return known;
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
