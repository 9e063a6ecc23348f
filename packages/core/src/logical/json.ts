/** A JSON object as a request or a response carries it. Integers that a double cannot hold are `bigint`. */
export type Data = Readonly<Record<string, unknown>>;

declare global {
  interface JSON {
    /** Makes a value that is written as this text; in the language since ES2026, not yet in the compiler's library. */
    rawJSON(text: string): unknown;
  }
}

/** Parses JSON and keeps integers beyond 2^53 exact by giving them as `bigint`. Throws `SyntaxError` for bad text. */
export function parseJson(text: string): unknown {
  // Sixteen digits in a row are the least that can be past 2^53; the slower way is for texts that have them.
  return /\d{16}/.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
}

/** Writes JSON, with `bigint` as an integer of all its digits. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, rawInteger);
}

function exactInteger(this: unknown, _key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}

function rawInteger(this: unknown, _key: string, value: unknown): unknown {
  return typeof value === "bigint" ? JSON.rawJSON(value.toString()) : value;
}
