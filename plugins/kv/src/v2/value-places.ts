import { stringifyJson } from "@vaultwright/core";
import { type Secret, versionNumbers } from "./secret.ts";

/** Where the values of a secret are kept. */
export interface ValuePlaces {
  /** Those in its own record. */
  readonly values: Secret["values"];
  /** Those that need records of their own from now on, by the numbers of their versions. */
  readonly separate: ReadonlyMap<number, unknown>;
}

/**
 * So many characters of values are stored with their secret, which makes one storage call of most reads and writes. Each
 * read takes all of them, so they must not be many.
 */
const room = 4096;

/** Finds places for the value of a secret's current version, and for those that were in its record: newest come first. */
export function placeValues(secret: Secret, value: unknown): ValuePlaces {
  const older = versionNumbers(secret)
    .filter((number) => Object.hasOwn(secret.values, number))
    .map((number) => [number, secret.values[number]] as const)
    .reverse();
  const separate = new Map<number, unknown>();
  const values = new Map<number, unknown>();
  let left = room;
  for (const [number, each] of [[secret.currentVersion, value] as const, ...older]) {
    const { length } = stringifyJson(each);
    (length <= left ? values : separate).set(number, each);
    if (length <= left) left -= length;
  }
  return { values: Object.fromEntries(values), separate };
}
