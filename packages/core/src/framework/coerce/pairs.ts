import { mapOf } from "./map.ts";
import { noPair, Refusal } from "./refusal.ts";
import { text } from "./text.ts";

/** Takes an object with plain values, or texts of the form `name=value`; null stays null. */
export function pairs(raw: unknown): Readonly<Record<string, string>> | null {
  try {
    return mapOf(raw, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const texts = (Array.isArray(raw) ? raw : [raw]).map(text);
    return Object.fromEntries(texts.map(pair));
  }
}

function pair(whole: string): [string, string] {
  const equals = whole.indexOf("=");
  if (equals < 1) throw noPair(whole);
  return [whole.slice(0, equals), whole.slice(equals + 1)];
}
