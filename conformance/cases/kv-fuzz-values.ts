import type { Dice } from "../fuzz.ts";
import { pick } from "./kv-differential-values.ts";

const names = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "then",
    "toJSON",
  ],
  ...["data", "options", "v", "path", "", " ", "0", "a.b", "/", "..", "\u0000", "\u2028", "Ä🔐", "n".repeat(2_000)],
] as const;

/** The JSON text of a value that programs in JavaScript or in Go get wrong. */
export function nastyValue(dice: Dice, depth = 0): string {
  switch (dice(depth > 3 ? 4 : 7)) {
    case 0:
      return integer(dice);
    case 1:
      return pick(dice, [
        "0.1",
        "-0",
        "1e308",
        "5e-324",
        "1.7976931348623157e308",
        "123456.789e3",
        "1E5",
        "0.30000000000000004",
      ]);
    case 2:
      return JSON.stringify(text(dice));
    case 3:
      return pick(dice, ["null", "true", "false", "{}", "[]", '""']);
    case 4:
      return `[${Array.from({ length: dice(4) }, () => nastyValue(dice, depth + 1))}]`;
    case 5:
      return nested(dice, 2 + dice(60));
    default:
      return nastyObject(dice, depth + 1);
  }
}

/** The JSON text of an object with such names. */
export function nastyObject(dice: Dice, depth = 0): string {
  const chosen = new Set(Array.from({ length: 1 + dice(4) }, () => pick(dice, names)));
  return `{${[...chosen].map((name) => `${JSON.stringify(name)}:${nastyValue(dice, depth + 1)}`)}}`;
}

/** The JSON text of texts by such names, within the limits of custom metadata. */
export function nastyTexts(dice: Dice): string {
  const printable = names.filter((name) => name !== "" && name.length < 100 && name !== "\u0000" && name !== "\u2028");
  const chosen = new Set(Array.from({ length: 1 + dice(4) }, () => printable[dice(printable.length)]));
  const value = () => (dice(2) === 0 ? integer(dice) : JSON.stringify(pick(dice, ["x", "Ä🔐", "null", "-0"])));
  return `{${[...chosen].map((name) => `${JSON.stringify(name)}:${value()}`)}}`;
}

/** A segment of a path, encoded. */
export function nastySegment(dice: Dice): string {
  const wild = () => encodeURIComponent([...text(dice)].slice(0, 50).join(""));
  const usable = names.filter((name) => name !== "" && name !== "..");
  return `${encodeURIComponent(usable[dice(usable.length)] ?? "x")}${dice(3) === 0 ? wild() : ""}`;
}

/** Bytes that are no body, or one of another kind, or nearly one. */
export function nastyBody(dice: Dice): Buffer {
  const valid = Buffer.from(
    `{"data":${nastyObject(dice)},"versions":${nastyValue(dice)},"options":{"cas":${nastyValue(dice)}},` +
      `"destination":${nastyValue(dice)},"dry_run":${nastyValue(dice)},"after":${nastyValue(dice)},"search":true}`,
  );
  switch (dice(6)) {
    case 0:
      return valid.subarray(0, dice(valid.length));
    case 1:
      return Buffer.concat([valid.subarray(0, -1), Buffer.from([0x2c, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])]);
    case 2:
      return Buffer.from(`{"data":{"a":1},"data":${nastyObject(dice)}}`);
    case 3:
      return Buffer.from(`{"data":${nested(dice, 5_000)}}`);
    case 4:
      return Buffer.from(nastyValue(dice));
    default:
      return valid;
  }
}

/** Doubles have 309 digits at most. */
function integer(dice: Dice): string {
  const digits = Array.from({ length: 1 + dice(dice(4) === 0 ? 400 : 25) }, () => dice(10)).join("");
  return `${dice(2) === 0 ? "-" : ""}${digits.replace(/^0+(?=\d)/, "")}`;
}

function text(dice: Dice): string {
  const length = dice(10) === 0 ? 5_000 : dice(20);
  const points = Array.from({ length }, () => pick(dice, [dice(128), dice(0xd800), 0x1_0000 + dice(0x10_0000)]));
  return String.fromCodePoint(...points);
}

function nested(dice: Dice, depth: number): string {
  return dice(2) === 0 ? `${"[".repeat(depth)}${"]".repeat(depth)}` : `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
}
