import { isObject, kindOf, Refusal } from "./refusal.ts";

/** Takes an object, or an array of objects whose members are merged with the later ones winning; null stays null. */
export function map(raw: unknown): Readonly<Record<string, unknown>> | null {
  if (raw === null || raw === undefined) return null;
  if (isObject(raw)) return raw;
  if (!Array.isArray(raw)) throw new Refusal(`expected an object, got ${kindOf(raw)}`);
  return Object.fromEntries(raw.flatMap(members));
}

function members(element: unknown, index: number): [string, unknown][] {
  if (!isObject(element)) throw new Refusal(`[${index}]: expected an object, got ${kindOf(element)}`);
  return Object.entries(element);
}
