import { integer } from "./integer.ts";
import { isObject, Refusal } from "./refusal.ts";
import { text, trimmed } from "./text.ts";

/** Takes an array as it is, and anything else as an array of one; null and `{}` are empty. */
export function list(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  return isNothing(raw) ? [] : [raw];
}

/** Takes an array of plain values, or one plain value, as trimmed texts. */
export function strings(raw: unknown): readonly string[] {
  if (raw === "") return [];
  return list(raw).map((element, index) => at(index, () => trimmed(text(element))));
}

/** Takes what {@link strings} takes, and splits a single text at its commas. */
export function commaStrings(raw: unknown): readonly string[] {
  return strings(typeof raw === "string" && raw !== "" ? raw.split(",") : raw);
}

/** Takes an array of integers, one integer, or text with integers between commas. */
export function commaInts(raw: unknown): readonly number[] {
  if (raw === "") return [];
  return list(typeof raw === "string" ? raw.split(",") : raw).map((element, index) =>
    at(index, () => integer(element)),
  );
}

function isNothing(raw: unknown): boolean {
  return raw === null || raw === undefined || (isObject(raw) && Object.keys(raw).length === 0);
}

/** Says which element of a list was refused. */
function at<T>(index: number, coerce: () => T): T {
  try {
    return coerce();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`[${index}]: ${error.message}`, { cause: error });
  }
}
