import { kindOf, Refusal } from "./refusal.ts";

const digits = "[0-9]+(?:_[0-9]+)*";
const decimal = new RegExp(`^[+-]?(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?$`);
const hexadecimal = /^([+-]?)0[xX]_?([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9]+)$/;

/** Takes a finite number, as a number, as text in Go's spelling, or as a boolean. */
export function float(raw: unknown): number {
  if (raw === null || raw === undefined || raw === "") return 0;
  if (typeof raw === "boolean") return raw ? 1 : 0;
  if (typeof raw === "number" || typeof raw === "bigint") return finite(Number(raw));
  if (typeof raw === "string") return finite(parseFloat64(raw));
  throw new Refusal(`expected a number, got ${kindOf(raw)}`);
}

/** Infinities and "not a number" are refused, since no answer could carry them: JSON has no text for them. */
function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Refusal("number is out of range");
  return value;
}

function parseFloat64(text: string): number {
  if (decimal.test(text)) return Number(text.replaceAll("_", ""));
  if (/^[+-]?(?:inf|infinity)$|^nan$/i.test(text)) return Number.NaN;
  const [matched, sign, whole = "", fraction = "", exponent] = hexadecimal.exec(text) ?? [];
  const mantissa = (whole + fraction).replaceAll("_", "");
  if (matched === undefined || mantissa === "") throw new Refusal("cannot parse value as a number");
  const scale = Number(exponent) - 4 * fraction.replaceAll("_", "").length;
  const value = Number(`0x${mantissa}`) * 2 ** scale;
  return sign === "-" ? -value : value;
}
