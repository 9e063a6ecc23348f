import { goQuote } from "./go-quote.ts";
import { isObject, kindOf, Refusal } from "./refusal.ts";

/** Takes an object, or an array of objects whose members are merged with the later ones winning; null stays null. */
export function map(raw: unknown): Readonly<Record<string, unknown>> | null {
  return mapOf(raw, (value) => value);
}

/** Takes an object as {@link map} does, and reads each member, even one that a later one replaces. */
export function mapOf<T>(raw: unknown, read: (value: unknown) => T): Readonly<Record<string, T>> | null {
  if (raw === null || raw === undefined) return null;
  return Object.fromEntries(members(raw).map(([name, value]) => [name, member(name, value, read)]));
}

function member<T>(name: string, value: unknown, read: (value: unknown) => T): T {
  try {
    return read(value);
  } catch (error) {
    // Like a text that is no pair, a long name may be anything.
    if (!(error instanceof Refusal) || name.length > 64) throw error;
    throw new Refusal(`${goQuote(name)}: ${error.message}`, { cause: error });
  }
}

function members(raw: unknown): [string, unknown][] {
  if (raw === null) return [];
  if (isObject(raw)) return Object.entries(raw);
  if (Array.isArray(raw)) return raw.flatMap(members);
  throw new Refusal(`expected an object, got ${kindOf(raw)}`);
}
