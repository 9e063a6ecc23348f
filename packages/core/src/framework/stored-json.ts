import { parseJson, stringifyJson } from "../logical/json.ts";

const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** Writes a value as Go plugins do, so that one can be replaced by the other: these characters escaped, and a newline. */
export function encodeStored(value: unknown): Uint8Array {
  const json = value === null ? undefined : stringifyJson(value);
  if (json === undefined) throw new TypeError("failed to encode storage entry: input for encoding is nil");
  const escaped = json.replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
  return new TextEncoder().encode(`${escaped}\n`);
}

/** Reads a stored value. The error names the key and never shows the value. */
export function decodeStored(key: string, bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new Error(`stored value of "${key}" is empty`);
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message repeats a part of the text, which may be a secret.
    throw new Error(`stored value of "${key}" is no JSON`);
  }
}
