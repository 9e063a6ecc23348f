import { mapOf } from "./map.ts";
import { isObject, noPair, Refusal } from "./refusal.ts";
import { text } from "./text.ts";

/** Takes an object with plain values, or texts of the form `name=value`; null stays null. */
export function pairs(raw: unknown): Readonly<Record<string, string>> | null {
  try {
    return mapOf(raw, text);
  } catch (error) {
    // What holds an object was meant as one, and its own refusal says more than that it is no text.
    if (!(error instanceof Refusal) || holdsObject(raw)) throw error;
    const texts = (Array.isArray(raw) ? raw : [raw]).map(text);
    return Object.fromEntries(texts.map(pair));
  }
}

function holdsObject(raw: unknown): boolean {
  return Array.isArray(raw) ? raw.some(holdsObject) : isObject(raw);
}

function pair(whole: string): [string, string] {
  const equals = whole.indexOf("=");
  if (equals < 1) throw noPair(whole);
  return [whole.slice(0, equals), whole.slice(equals + 1)];
}
