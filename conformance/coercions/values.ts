import type { Dice } from "../fuzz.ts";
import { anyText, type MakeText, misspell, pick, texts } from "./texts.ts";

/** The kinds of field that Go's framework has too, under our names. */
export const kinds = [
  ...["string", "lowerCaseString", "name", "int", "int64", "bool", "float", "map", "pairs", "seconds"],
  ...["signedSeconds", "time", "list", "strings", "commaStrings", "commaInts", "header"],
] as const;

/** A kind of field. */
export type Kind = (typeof kinds)[number];

/** Texts that a kind looks into. */
const favourites: Readonly<Partial<Record<Kind, MakeText>>> = {
  name: texts.name,
  int: texts.integer,
  int64: texts.integer,
  bool: texts.boolean,
  float: texts.float,
  pairs: texts.pair,
  seconds: texts.duration,
  signedSeconds: texts.duration,
  time: texts.time,
  commaStrings: texts.list,
  commaInts: texts.list,
  header: texts.line,
};

const numbers = [
  ...["0", "-0", "1", "-1", "42", "0.1", "-0.5", "1.9", "-1.9", "1e3", "1e21", "1e20", "123456789012345678"],
  ...["1e-7", "1.5e-9", "5e-324", "1.7976931348623157e308", "9007199254740991", "9007199254740993", "2.5e15"],
  ...["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"],
  ...["9223372036", "9223372037", "9223372036.9", "-9223372036", "-9223372037", "1e300", "-1e19", "4294967296"],
] as const;

/** Makes a value for a kind of field, as JSON. Most are what the kind looks into, and many of these are nearly right. */
export function makeValue(dice: Dice, kind: Kind): string {
  return value(dice, favourites[kind] ?? anyText, 2);
}

function value(dice: Dice, favourite: MakeText, depth: number): string {
  switch (dice(depth > 0 ? 10 : 6)) {
    case 0:
      return pick(dice, ["null", "true", "false", "null", '""', "[]", "{}"]);
    case 1:
      return number(dice);
    case 2:
      return JSON.stringify(anyText(dice));
    case 3:
      return JSON.stringify(misspell(dice, favourite(dice)));
    case 4:
    case 5:
      return JSON.stringify(favourite(dice));
    case 6:
      return `[${many(dice, () => value(dice, favourite, depth - 1))}]`;
    case 7:
      return object(dice, favourite, depth);
    case 8:
      return `[${many(dice, () => object(dice, favourite, depth - 1))}]`;
    default:
      return JSON.stringify(encoded(dice, object(dice, favourite, depth - 1)));
  }
}

function number(dice: Dice): string {
  const digits = () => String(dice(10 ** (1 + dice(9))));
  const made = `${pick(dice, ["", "-"])}${digits()}${pick(dice, ["", `.${digits()}`])}${pick(dice, ["", "", `e${dice(40) - 20}`])}`;
  return pick(dice, [made, pick(dice, numbers)]);
}

function object(dice: Dice, favourite: MakeText, depth: number): string {
  const members = new Map<string, string>();
  for (let left = dice(4); left > 0; left -= 1) {
    const key = pick(dice, [texts.word(dice), texts.name(dice), "__proto__", "a", "b", "x-foo"]);
    members.set(key, value(dice, favourite, Math.max(depth - 1, 0)));
  }
  return `{${[...members].map(([key, member]) => `${JSON.stringify(key)}:${member}`).join()}}`;
}

function many(dice: Dice, one: () => string): string {
  return Array.from({ length: dice(4) }, one).join();
}

/** JSON in a text, or its base64, whole or broken. */
function encoded(dice: Dice, json: string): string {
  const base64 = Buffer.from(json).toString("base64");
  return pick(dice, [
    json,
    json,
    base64,
    base64,
    base64.replace(/=+$/, ""),
    ` ${json}`,
    `${json} x`,
    misspell(dice, base64),
  ]);
}
