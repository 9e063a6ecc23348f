import type { Dice } from "../fuzz.ts";

/** Makes a text of some sort. */
export type MakeText = (dice: Dice) => string;

/** Gives one of several things. */
export function pick<T>(dice: Dice, from: readonly [T, ...T[]]): T {
  return from[dice(from.length)] ?? from[0];
}

const signs = ["", "", "", "+", "-", "--"] as const;
const prefixes = ["", "", "", "0", "0x", "0X", "0o", "0O", "0b", "0B", "00", "0_", "_"] as const;
const limits = [
  ...["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"],
  ...["9223372036", "9223372037", "-9223372036", "-9223372037", "18446744073709551616", "253402300799", "253402300800"],
  ...["9007199254740993", "0", "-0", "+0", "1", "106751d", "106752d", "8640000000000", "8640000000001"],
] as const;
const units = ["ns", "us", "\u00b5s", "\u03bcs", "ms", "s", "m", "h", "h", "s", "d", "w", "y", "H", "", " s"] as const;
const words = ["a", "b", "name", "x-foo", "Content-Type", "a.b", "a_b", "A", "0", "", "x y", "set-cookie"] as const;
const spaces = ["", "", "", " ", "  ", "\t", "\n", "\u00a0", "\u0085", "\u2003", "\ufeff", "\u200b"] as const;
const strange = [
  ...["\u00c0\u00c9", "\u0130", "\u00df", "\u1e9e", "\u017f", "\u212a", "\u03a3", "\u0391\u03a3", "\u01c5", "\u2126"],
  ...["\u2028", "\u00a0", "\u{1f600}", "\u00e9", "\u0085", "\ufeff", "\u200b", "\u0000", "\u007f", "\ud7ff", "\uffff"],
  ...['"', "\\", "'", "\n", "\r\n", "\t", "\u{10400}", "e\u0301", "\uff11\uff12", "\u0661"],
] as const;

function times(dice: Dice, most: number, one: MakeText, between = ""): string {
  return Array.from({ length: dice(most + 1) }, () => one(dice)).join(between);
}

const digits: MakeText = (dice) => times(dice, 5, () => pick(dice, ["0", "1", "7", "8", "9", "15", "a", "F", "_"]));
const number: MakeText = (dice) => times(dice, pick(dice, [1, 2, 3, 11]), () => String(dice(10)));

const integer: MakeText = (dice) => pick(dice, signs) + pick(dice, prefixes) + digits(dice);
const float: MakeText = (dice) => {
  const mantissa = number(dice) + pick(dice, ["", ".", `.${number(dice)}`, `_${number(dice)}`]);
  const exponent = pick(dice, ["", "", "e", "E", "p", "P"]);
  const body = exponent === "" ? mantissa : `${mantissa}${exponent}${pick(dice, signs)}${number(dice)}`;
  const hex = `0x${digits(dice)}${pick(dice, ["", ".", `.${digits(dice)}`])}p${pick(dice, signs)}${number(dice)}`;
  return (
    pick(dice, signs) +
    pick(dice, [body, body, hex, "Inf", "inf", "INFINITY", "infin", "NaN", "nan", "1e400", "5e-324", "1e-400"])
  );
};
const duration: MakeText = (dice) =>
  pick(dice, signs) +
  times(dice, 3, () => number(dice) + pick(dice, ["", "", ".", `.${number(dice)}`]) + pick(dice, units));

const two: MakeText = (dice) =>
  pick(dice, ["00", "01", "02", "12", "13", "23", "24", "28", "29", "30", "31", "59", "60"]);
const month: MakeText = (dice) => pick(dice, ["01", "02", "04", "12", two(dice)]);
const day: MakeText = (dice) => pick(dice, ["01", "15", "28", "29", "30", "31", two(dice)]);
const hour: MakeText = (dice) => pick(dice, ["00", "07", "12", "23", "24", "3", two(dice)]);
const minute: MakeText = (dice) => pick(dice, ["00", "05", "30", "59", "60", two(dice)]);
const time: MakeText = (dice) => {
  const year = pick(dice, ["2024", "2023", "1970", "0000", "0001", "9999", "1900"]);
  const date = `${year}-${month(dice)}-${day(dice)}`;
  const clock = `${hour(dice)}:${minute(dice)}:${minute(dice)}`;
  const fraction = pick(dice, ["", "", ".", ",5", `.${number(dice)}`, ".123456789123"]);
  const offset = `${pick(dice, ["+", "-"])}${hour(dice)}:${minute(dice)}`;
  const zone = pick(dice, ["Z", "Z", "Z", "Z", "z", "", "+0100", " Z", offset, offset, offset]);
  return date + pick(dice, ["T", "T", "T", "T", "T", "T", "t", " "]) + clock + fraction + zone;
};

const boolean: MakeText = (dice) =>
  pick(dice, ["1", "t", "T", "TRUE", "true", "True", "tRUE", "0", "f", "F", "FALSE", "false", "False", "yes", "on"]);
const word: MakeText = (dice) => pick(dice, spaces) + pick(dice, [...words, ...strange]) + pick(dice, spaces);
const name: MakeText = (dice) =>
  times(dice, 4, () => pick(dice, ["a", "Z", "_", "-", ".", "@", "7", "/", "\u00e9", "\n"]));
const list: MakeText = (dice) => times(dice, 4, () => pick(dice, [word(dice), integer(dice), pick(dice, limits)]), ",");
const pair: MakeText = (dice) => word(dice) + pick(dice, ["=", "=", "==", "", ":", ","]) + word(dice);
const line: MakeText = (dice) => word(dice) + pick(dice, [":", ":", ": ", "::", "", "="]) + word(dice);

/** The texts that a kind of field looks into, and those that belong to no kind. */
export const texts = { integer, float, duration, time, boolean, word, name, list, pair, line } as const;

/** Makes a text of any sort. */
export const anyText: MakeText = (dice) => {
  const sorts = Object.values(texts);
  return dice(6) === 0 ? pick(dice, limits) : (sorts[dice(sorts.length)] ?? word)(dice);
};

/** Changes a character of a text, so that what is nearly right is tried too. */
export function misspell(dice: Dice, text: string): string {
  const characters = [...text];
  const at = dice(characters.length + 1);
  const other = pick(dice, ["_", "-", "+", ".", ",", "0", "x", "e", "d", " ", "=", ":", ...strange]);
  characters.splice(at, dice(2), ...(dice(3) === 0 ? [] : [other]));
  return characters.join("");
}
