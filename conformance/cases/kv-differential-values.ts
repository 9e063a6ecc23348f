import type { Dice } from "../fuzz.ts";

/** Gives one of these at random. */
export function pick<T>(dice: Dice, values: readonly [T, ...T[]]): T {
  return values[dice(values.length)] ?? values[0];
}

/** JSON texts of single values: each kind, the edges of each, and what is a number in one language only. */
const scalars = [
  ...["null", "true", "false", "0", "1", "-1", "2", "3", "1.0", "1.5", "-0", "1e3", "1e21", "1e-7", "0.1"],
  ...[
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "18446744073709551615",
    "123456789012345678901234567890",
  ],
  ...["2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "9223372036854775808"],
  ...['""', '"x"', '"1"', '"0x10"', '" 1"', '"1,2"', '"true"', '"T"', '"yes"', '"1h"', '"soon"', '"null"', '"1.5"'],
  ...['"Ä🔐"', '"\\u0000"', '"\\u2028\\"\\\\"', '"<&>"', '"\\u200b"', "[]", "{}"],
] as const;

const names = [
  "a",
  "b",
  "c",
  "",
  "Ä🔐",
  "__proto__",
  "constructor",
  "toString",
  "0",
  "a.b",
  "a/b",
  "<",
  "path",
] as const;

/** The JSON text of any value. */
export function anyValue(dice: Dice, depth = 0): string {
  if (depth > 2 || dice(2) === 0) return scalars[dice(scalars.length)] ?? "null";
  if (dice(3) === 0) return `[${Array.from({ length: dice(3) }, () => anyValue(dice, depth + 1))}]`;
  return anyObject(dice, depth + 1);
}

/** The JSON text of an object. */
export function anyObject(dice: Dice, depth = 0): string {
  const chosen = new Set(Array.from({ length: dice(4) }, () => names[dice(names.length)]));
  return `{${[...chosen].map((name) => `${JSON.stringify(name)}:${anyValue(dice, depth + 1)}`)}}`;
}

/** The JSON text of an object with some of these members, each with one of its usual values, or seldom with any. */
export function someMembers(dice: Dice, members: Readonly<Record<string, readonly [string, ...string[]]>>): string {
  const given = Object.entries(members).filter(() => dice(2) === 0);
  const texts = given.map(([name, usual]) => `"${name}":${dice(12) === 0 ? anyValue(dice, 2) : pick(dice, usual)}`);
  return objectOf(dice, texts);
}

/** An object of these members, seldom with one that no path knows, or with the name of the one in the path. */
export function objectOf(dice: Dice, members: readonly string[]): string {
  const more = dice(25) === 0 ? [pick(dice, ['"zz":1', '"path":"q"', '"__proto__":{"data":{}}', '"version":1'])] : [];
  return `{${[...members, ...more]}}`;
}

/** Bodies that are not what a body must be. */
export const noBodies = [
  ...[
    "",
    "[]",
    '"x"',
    "null",
    "1",
    "{",
    '{"a":}',
    "{}{}",
    "\u00ff",
    '{"data":{"a":"\\ud800"}}',
    '{"data":{"a":1e400}}',
    '{"data":{"a":1},"data":{"b":2}}',
  ],
] as const;
