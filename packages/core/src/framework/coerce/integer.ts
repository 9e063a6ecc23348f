import { kindOf, Refusal } from "./refusal.ts";

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;
const literal =
  /^([+-]?)(?:0[xX](_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)|0[bB](_?[01]+(?:_[01]+)*)|0[oO]?(_?[0-7]+(?:_[0-7]+)*)|(0|[1-9][0-9]*(?:_[0-9]+)*))$/;

/** Takes an integer of 64 bits, as a number, as text in Go's spelling, or as a boolean. */
export function int64(raw: unknown): bigint {
  if (raw === null || raw === undefined || raw === "") return 0n;
  if (typeof raw === "boolean") return raw ? 1n : 0n;
  if (typeof raw === "bigint") return inRange(raw);
  if (typeof raw === "number") return inRange(truncated(raw));
  if (typeof raw === "string") return inRange(parseInteger(raw));
  throw new Refusal(`expected an integer, got ${kindOf(raw)}`);
}

/** Takes an integer as {@link int64} does. Beyond 2^53 the nearest number that a double holds is given. */
export function integer(raw: unknown): number {
  return Number(int64(raw));
}

function truncated(value: number): bigint {
  if (!Number.isFinite(value)) throw new Refusal("integer is out of range");
  return BigInt(Math.trunc(value));
}

function inRange(value: bigint): bigint {
  if (value < least || value > most) throw new Refusal("integer is out of range");
  return value;
}

/** Reads Go's integer literals: a sign, `0x`, `0o` or `0`, `0b`, and single underscores between digits. */
function parseInteger(text: string): bigint {
  // No integer of 64 bits needs more, and converting a text of megabytes would hold up everybody else.
  if (text.length > 200) throw new Refusal("cannot parse value as an integer");
  const [matched, sign, hex, binary, octal, decimal = ""] = literal.exec(text) ?? [];
  if (matched === undefined) throw new Refusal("cannot parse value as an integer");
  const digits = (hex && `0x${hex}`) || (binary && `0b${binary}`) || (octal && `0o${octal}`) || decimal;
  const value = BigInt(digits.replaceAll("_", ""));
  return sign === "-" ? -value : value;
}
