import { UserError } from "../logical/errors.ts";
import { type Data, parseJson, stringifyJson } from "../logical/json.ts";

/** Gives a JSON object, and `null` for none: hosts refuse an empty string. */
export function dataToWire(data: Data | undefined): string {
  if (data === undefined) return "null";
  const text = stringifyJson(data);
  if (!text.startsWith("{")) throw notAnObject();
  return text;
}

/** Reads a JSON object; `null` is none. */
export function dataFromWire(text: string): Data | undefined {
  const value = parse(text);
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw notAnObject();
  return value as Data;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message);
    // The engine's own error quotes the text, and the text may hold secrets; so it is not even the cause.
    throw new SyntaxError("data is not JSON");
  }
}

function notAnObject(): TypeError {
  return new TypeError("data is not a JSON object");
}
