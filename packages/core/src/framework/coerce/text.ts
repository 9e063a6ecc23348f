import { kindOf, Refusal } from "./refusal.ts";

/** Takes text, and numbers and booleans as the text that Go makes of them. */
export function text(raw: unknown): string {
  if (typeof raw === "string") return raw;
  if (raw === null || raw === undefined) return "";
  if (typeof raw === "boolean") return raw ? "1" : "0";
  if (typeof raw === "number") return decimal(raw);
  if (typeof raw === "bigint") return raw.toString();
  throw new Refusal(`expected a string, got ${kindOf(raw)}`);
}

/** Takes text and gives it in lower case, each character for itself as Go does: no letter becomes two or ends a word. */
export function lowerCaseText(raw: unknown): string {
  // These two are all that the language sees otherwise: it asks for the end of the word, and makes two of the other.
  return text(raw).replaceAll("\u03a3", "\u03c3").replaceAll("\u0130", "i").toLowerCase();
}

/** Cuts white space off both ends. What that is, Go and JavaScript see differently for two characters. */
export function trimmed(text: string): string {
  // A regular expression for the end would take quadratic time for much white space that is not at the end.
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return /\p{White_Space}/u.test(character);
}

/** Takes a name: word characters, and inside of it also `-` and `.`. */
export function name(raw: unknown): string {
  const found = text(raw);
  if (!/^\w(?:[\w.-]*\w)?$/.test(found)) throw new Refusal("field does not match the formatting rules");
  return found;
}

/** Takes a name that may also have `@` inside. */
export function nameWithAt(raw: unknown): string {
  const found = text(raw);
  if (!/^\w(?:[\w.@-]*\w)?$/.test(found)) throw new Refusal("field does not match the formatting rules");
  return found;
}

/** Takes one of the given texts; null counts as not given. */
export function oneOf<const V extends string>(values: readonly V[]): (raw: unknown) => V | undefined {
  return (raw) => {
    if (raw === null || raw === undefined) return undefined;
    const given = text(raw);
    const found = values.find((value) => value === given);
    if (found === undefined) throw new Refusal(`must be one of ${values.join(", ")}`);
    return found;
  };
}

/** Writes a number in plain decimal, because names and passwords must not turn into `1e+21`. */
function decimal(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const shortest = String(value);
  const [digits = "", exponent] = shortest.split("e");
  if (exponent === undefined) return shortest;
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${all}`;
  return sign + all.padEnd(point, "0");
}
