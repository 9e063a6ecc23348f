import { goQuote, goTimeQuote } from "./go-quote.ts";
import { Refusal } from "./refusal.ts";

const nanosecondsPerSecond = 1_000_000_000n;
const limit = 2n ** 63n;
const units: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["\u00b5s", 1_000n],
  ["\u03bcs", 1_000n],
  ["ms", 1_000_000n],
  ["s", nanosecondsPerSecond],
  ["m", 60n * nanosecondsPerSecond],
  ["h", 3600n * nanosecondsPerSecond],
]);

/** Takes a duration and gives whole seconds; nothing for null, which counts as not given. */
export function signedSeconds(raw: unknown): number | undefined {
  if (raw === null || raw === undefined) return undefined;
  const found = nanoseconds(raw);
  // Go counts seconds in a double too, in which the last nanosecond of many years rounds up to a second.
  const fraction = Number(found % nanosecondsPerSecond) / Number(nanosecondsPerSecond);
  return Math.trunc(Number(found / nanosecondsPerSecond) + fraction) + 0;
}

/** Takes a duration as {@link signedSeconds} does, and refuses a negative one. */
export function seconds(raw: unknown): number | undefined {
  const found = signedSeconds(raw);
  if (found !== undefined && found < 0) throw new Refusal(`cannot provide negative value '${found}'`);
  return found;
}

function nanoseconds(raw: unknown): bigint {
  if (typeof raw === "bigint") return scaled(raw, 1n);
  if (typeof raw === "number" && Number.isFinite(raw)) return scaled(BigInt(Math.trunc(raw)), 1n);
  if (typeof raw !== "string") throw new Refusal("could not parse duration from input");
  if (raw === "") return 0n;
  if (raw.length > 100) throw new Refusal("time: invalid duration");
  const count = decimal(raw);
  if (count !== undefined && isInt64(count)) return scaled(count, 1n);
  return raw.endsWith("d") ? days(raw.slice(0, -1)) : parseGoDuration(raw);
}

/** Hosts accept whole days beside Go's own units; `1d12h` ends in another unit and is left to Go's rules. */
function days(text: string): bigint {
  const count = decimal(text);
  if (count === undefined) throw new Refusal(`strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
  if (!isInt64(count)) throw new Refusal(`strconv.ParseInt: parsing ${goQuote(text)}: value out of range`);
  return scaled(count, 86_400n);
}

function decimal(text: string): bigint | undefined {
  return /^[+-]?[0-9]+$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
}

function scaled(count: bigint, secondsEach: bigint): bigint {
  const result = count * secondsEach * nanosecondsPerSecond;
  if (!isInt64(result))
    throw new Refusal("multiplication of durations resulted in overflow, one operand may be too large");
  return result;
}

/** Reads `1h30m`, `1.5s`, `-2ms` and the like, with the messages of Go's `time.ParseDuration`. */
function parseGoDuration(text: string): bigint {
  const sign = text.startsWith("-") ? -1n : 1n;
  const invalid = () => new Refusal(`time: invalid duration ${goTimeQuote(text)}`);
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0n;
  if (rest === "") throw invalid();
  let total = 0n;
  while (rest !== "") {
    const [number = "", whole = "", fraction = ""] = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest) ?? [];
    if ((whole === "" && fraction === "") || BigInt(whole) > limit) throw invalid();
    const [unit = ""] = /^[^0-9.]*/.exec(rest.slice(number.length)) ?? [];
    if (unit === "") throw new Refusal(`time: missing unit in duration ${goTimeQuote(text)}`);
    const scale = units.get(unit);
    if (scale === undefined)
      throw new Refusal(`time: unknown unit ${goTimeQuote(unit)} in duration ${goTimeQuote(text)}`);
    total += BigInt(whole) * scale + fractionOf(fraction, scale);
    if (total > limit) throw invalid();
    rest = rest.slice(number.length + unit.length);
  }
  if (!isInt64(sign * total)) throw invalid();
  return sign * total;
}

/** Go computes a fraction in doubles, of as many digits as an integer of 64 bits has. */
function fractionOf(digits: string, scale: bigint): bigint {
  const significant = BigInt(digits.slice(0, 19)) <= limit ? digits.slice(0, 19) : digits.slice(0, 18);
  return BigInt(Math.trunc(Number(significant) * (Number(scale) / 10 ** significant.length)));
}

function isInt64(count: bigint): boolean {
  return count >= -limit && count < limit;
}
