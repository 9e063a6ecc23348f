import { type Data, parseJson, stringifyJson } from "../logical/json.ts";

/** Gives a JSON object, and `null` for none: hosts refuse an empty string. */
export function dataToWire(data: Data | undefined): string {
  return data === undefined ? "null" : stringifyJson(data);
}

/** Reads a JSON object; `null` is none. */
export function dataFromWire(text: string): Data | undefined {
  const value = parse(text);
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw new TypeError("data is not a JSON object");
  return value as Data;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // The engine's own error quotes the text, and the text may hold secrets; so it is not even the cause.
    throw new SyntaxError("data is not JSON");
  }
}
