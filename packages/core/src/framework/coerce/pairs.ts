import { map } from "./map.ts";
import { isObject, noPair } from "./refusal.ts";
import { text } from "./text.ts";

/** Takes an object with plain values, or texts of the form `name=value`; null stays null. */
export function pairs(raw: unknown): Readonly<Record<string, string>> | null {
  if (raw === null || raw === undefined) return null;
  const elements = Array.isArray(raw) ? raw : [raw];
  if (!elements.every(isObject)) return Object.fromEntries(elements.map(pair));
  return Object.fromEntries(Object.entries(map(elements) ?? {}).map(([name, value]) => [name, text(value)]));
}

function pair(element: unknown): [string, string] {
  const whole = text(element);
  const equals = whole.indexOf("=");
  if (equals < 1) throw noPair(whole);
  return [whole.slice(0, equals), whole.slice(equals + 1)];
}
