import { goQuote } from "../coerce/go-quote.ts";
import { isList, print, typeName, type Value } from "./values.ts";

/** Go's own limit, which keeps a template from filling the memory. */
const widest = 1_000_000;

const directive = /%([-+ 0#]*)(\d*)(?:\.(\d*))?(.?)/gsu;

/** Formats values as Go's `Printf` does, as far as texts, numbers and booleans go. */
export function format(template: string, values: readonly Value[]): string {
  let used = 0;
  const text = template.replace(
    directive,
    (_all, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === "") return "%!(NOVERB)";
      if (verb === "%") return "%";
      if (used >= values.length) return `%!${verb}(MISSING)`;
      const value = values[used];
      used += 1;
      return pad(formatOne(verb, value, flags, precision), flags, width, value);
    },
  );
  const extra = values.slice(used).map((value) => `${typeName(value)}=${print(value, "<nil>")}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(", ")})`;
}

function formatOne(verb: string, value: Value, flags: string, precision: string | undefined): string {
  const shown = print(value, "<nil>");
  const isNumber = typeof value === "bigint" || Number.isInteger(value);
  const cut = (text: string) => (precision === undefined ? text : [...text].slice(0, Number(precision)).join(""));
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const signed = (text: string) => (text.startsWith("-") ? text : sign + text);
  if (verb === "v") return isNumber ? signed(shown) : shown;
  if (verb === "T") return typeName(value);
  if (verb === "t" && typeof value === "boolean") return shown;
  if (verb === "d" && isNumber) return signed(shown);
  if (verb === "c" && isNumber) return String.fromCodePoint(Number(value));
  if ((verb === "s" || verb === "q") && typeof value === "string")
    return verb === "q" ? goQuote(cut(value)) : cut(value);
  if (verb === "s" && isList(value) && value.every((each) => typeof each === "string")) return shown;
  if (verb === "x" || verb === "X") {
    const hex = typeof value === "string" ? Buffer.from(cut(value)).toString("hex") : hexOf(value);
    if (hex !== undefined) return verb === "X" ? hex.toUpperCase() : hex;
  }
  return value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${typeName(value)}=${shown})`;
}

function hexOf(value: Value): string | undefined {
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value))) return value.toString(16);
  return undefined;
}

/** Widths count characters; zeros go between a sign and its digits, and not after a number. */
function pad(text: string, flags: string, width: string, value: Value): string {
  const missing = Number(width) - [...text].length;
  if (Number(width) > widest) return `%!(BADWIDTH)${text}`;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0") || typeof value === "string") return " ".repeat(missing) + text;
  const [, sign = "", digits = ""] = /^([-+ ]?)(.*)$/s.exec(text) ?? [];
  return sign + "0".repeat(missing) + digits;
}
