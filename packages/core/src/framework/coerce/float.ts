import { kindOf, Refusal } from "./refusal.ts";

const digits = "[0-9]+(?:_[0-9]+)*";
const decimal = new RegExp(`^[+-]?(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?$`);
const hexDigits = "[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*";
const hexadecimal = new RegExp(
  `^([+-]?)0[xX](?:_?(${hexDigits})(?:\\.(${hexDigits})?)?|\\.(${hexDigits}))[pP]([+-]?${digits})$`,
);

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
  const [matched, sign, whole = "", after = "", only = "", exponent = ""] = hexadecimal.exec(text) ?? [];
  if (matched === undefined) throw new Refusal("cannot parse value as a number");
  const fraction = (after + only).replaceAll("_", "");
  const mantissa = Number(`0x${whole.replaceAll("_", "")}${fraction}`);
  const value = scaled(mantissa, Number(exponent.replaceAll("_", "")) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}

/** Multiplies by a power of two in steps, since the power alone may be infinite where the product is not. */
function scaled(mantissa: number, exponent: number): number {
  let [value, left] = [mantissa, exponent];
  while (left !== 0 && value !== 0 && Number.isFinite(value)) {
    const step = Math.max(-1000, Math.min(1000, left));
    value *= 2 ** step;
    left -= step;
  }
  return value;
}
