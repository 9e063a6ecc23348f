import { kindOf, Refusal } from "./refusal.ts";

const texts: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true] as const),
  ...["", "0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false] as const),
]);

/** Takes a boolean, one of Go's texts for it, or a number that is zero or not. */
export function boolean(raw: unknown): boolean {
  if (typeof raw === "boolean") return raw;
  if (raw === null || raw === undefined) return false;
  if (typeof raw === "number") return raw !== 0;
  if (typeof raw === "bigint") return raw !== 0n;
  if (typeof raw !== "string") throw new Refusal(`expected a boolean, got ${kindOf(raw)}`);
  const value = texts.get(raw);
  if (value === undefined) throw new Refusal("cannot parse value as a boolean");
  return value;
}
