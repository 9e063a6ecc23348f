/** A JSON object as a request or a response carries it. Integers that a double cannot hold are `bigint`. */
export type Data = Readonly<Record<string, unknown>>;

declare global {
  interface JSON {
    /** Makes a value that is written as this text; in the language since ES2026, not yet in the compiler's library. */
    rawJSON(text: string): unknown;
  }
}

/**
 * Parses JSON and keeps integers beyond 2^53 exact by giving them as `bigint`. Throws `SyntaxError` for bad text, and
 * `RangeError` for an integer of more than a thousand digits.
 */
export function parseJson(text: string): unknown {
  // Sixteen digits in a row are the least that can be past 2^53; the slower way is for texts that have them.
  return /\d{16}/.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
}

/**
 * Writes JSON, with `bigint` as an integer of all its digits. Throws `TypeError` for what JSON would write as something
 * else without a word: numbers that are not finite, functions, bytes, and objects such as a `Map`, whose content no JSON
 * shows. Members that are undefined are left out.
 */
export function stringifyJson(value: unknown): string {
  // Most data needs no second look at each member, which would take three times as long.
  const text = isOrdinary(value, deepestOrdinary) ? JSON.stringify(value) : JSON.stringify(value, writable);
  if (text === undefined) throw new TypeError("undefined cannot be written as JSON");
  return text;
}

const mostDigits = 1000;
/** What is deeper, and may have no end, is left to the writer of JSON. */
const deepestOrdinary = 50;

/** Whether JSON writes a value as it has to be without being watched: texts, usual numbers, lists and plain objects of them. */
function isOrdinary(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "object":
      return value === null || (depth > 0 && hasOrdinaryMembers(value, depth - 1));
    default:
      return false;
  }
}

function hasOrdinaryMembers(value: object, depth: number): boolean {
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return false;
  if ("toJSON" in value) return false;
  for (const member of isList ? value : Object.values(value))
    if (member !== undefined && !isOrdinary(member, depth)) return false;
  return true;
}

function exactInteger(this: unknown, _key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || Number.isSafeInteger(value)) return value;
  if (!/^-?\d+$/.test(source)) return value;
  // Converting megabytes of digits takes seconds, in which nobody else would be answered.
  if (source.length > mostDigits) throw new RangeError("an integer has too many digits");
  return BigInt(source);
}

function writable(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  switch (typeof value) {
    case "bigint":
      return JSON.rawJSON(value.toString());
    case "number":
      if (!Number.isFinite(value)) throw unwritable(key, "a number that is not finite");
      // JSON.stringify drops the sign, and what is stored must come back as it was.
      return Object.is(value, -0) ? JSON.rawJSON("-0") : value;
    case "function":
    case "symbol":
      throw unwritable(key, `a ${typeof value}`);
    case "object":
      // A buffer has turned itself into another object by now, which its holder has not.
      if (isOpaque(value) || isOpaque(this[key])) throw unwritable(key, nameOf(this[key]));
      return value;
    default:
      return value;
  }
}

/** Whether JSON would show nothing of an object, or bytes as an object of numbers. */
function isOpaque(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (ArrayBuffer.isView(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isPlain && !("toJSON" in value) && Object.keys(value).length === 0;
}

function nameOf(value: unknown): string {
  const name = value?.constructor.name ?? "";
  return name === "" ? "an object" : `a value of type ${name}`;
}

function unwritable(key: string, what: string): TypeError {
  return new TypeError(`${what} cannot be written as JSON${key === "" ? "" : ` (member "${key}")`}`);
}
