import { gunzipSync } from "node:zlib";
import { goJson } from "../logical/go-json.ts";
import { parseJson } from "../logical/json.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Writes a value as Go plugins do, so that one can be replaced by the other: these characters escaped, and a newline. */
export function encodeStored(value: unknown): Uint8Array {
  if (value === null) throw new TypeError("failed to encode storage entry: input for encoding is nil");
  return encoder.encode(`${goJson(value)}\n`);
}

/** Reads a stored value, compressed or not. The error names the key and never shows the value. */
export function decodeStored(key: string, bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw unreadable(key, "'data' being decoded is nil");
  const compression = compressions.get(bytes[0]);
  if (!compression) return decodeJson(key, bytes);
  if (compression === "gzip") return decodeJson(key, unzip(key, bytes.subarray(1)));
  throw unreadable(key, `it is compressed with ${compression}`);
}

/**
 * Some Go plugins compress what they store and mark it with a letter. A fourth mark, `4` for LZ4, is how a number may
 * begin, which Go cannot read back; here it fails as JSON where it is none.
 */
const compressions: ReadonlyMap<number | undefined, string> = new Map([
  ["G".charCodeAt(0), "gzip"],
  ["S".charCodeAt(0), "snappy"],
  ["L".charCodeAt(0), "LZW"],
]);

/** No host stores values that are larger. */
const maxOutputLength = 64 * 1024 * 1024;

function unzip(key: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (cause) {
    throw unreadable(key, "it is marked as gzip and is none", cause);
  }
}

function decodeJson(key: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(decoder.decode(bytes));
  } catch {
    // The parser's own message repeats a part of the text, which may be a secret.
    throw unreadable(key, "it is no JSON");
  }
}

function unreadable(key: string, why: string, cause?: unknown): Error {
  return new Error(`stored value of "${key}" cannot be read: ${why}`, cause === undefined ? {} : { cause });
}
