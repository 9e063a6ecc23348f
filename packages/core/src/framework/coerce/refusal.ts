import { goQuote } from "./go-quote.ts";

/** A value that a field does not take. Its text is shown to the caller, so it never repeats the value unless it is harmless. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}

/** Refuses a text that should have been a name and a value. A long text may be anything, so it is not repeated. */
export function noPair(text: string): Refusal {
  return new Refusal(text.length > 64 ? "invalid key pair" : `invalid key pair ${goQuote(text)}`);
}

/** Says what kind of JSON value this is, for messages that must not show the value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "bigint") return "a number";
  return `a ${typeof value}`;
}

/** Whether a JSON value is an object, as opposed to an array, null or a plain value. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
