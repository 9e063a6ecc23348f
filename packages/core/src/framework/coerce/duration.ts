import { Refusal } from "./refusal.ts";

const nanosecondsPerSecond = 1_000_000_000n;
const most = 2n ** 63n - 1n;
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
  return Number(nanoseconds(raw) / nanosecondsPerSecond);
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
  if (/^[+-]?[0-9]+$/.test(raw)) return scaled(BigInt(raw.replace("+", "")), 1n);
  return days(raw) ?? parseGoDuration(raw);
}

/** Hosts accept whole days beside Go's own units; `1d12h` ends in another unit and is left to Go's rules. */
function days(text: string): bigint | undefined {
  if (!text.endsWith("d")) return undefined;
  const count = text.slice(0, -1);
  if (!/^[+-]?[0-9]+$/.test(count)) throw new Refusal(`strconv.ParseInt: parsing "${count}": invalid syntax`);
  return scaled(BigInt(count.replace("+", "")), 86_400n);
}

function scaled(count: bigint, secondsEach: bigint): bigint {
  const result = count * secondsEach * nanosecondsPerSecond;
  if (result > most || result < -most)
    throw new Refusal("multiplication of durations resulted in overflow, one operand may be too large");
  return result;
}

/** Reads `1h30m`, `1.5s`, `-2ms` and the like, with the messages of Go's `time.ParseDuration`. */
function parseGoDuration(text: string): bigint {
  const negative = text.startsWith("-");
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0n;
  if (rest === "") throw new Refusal(`time: invalid duration "${text}"`);
  let total = 0n;
  while (rest !== "") {
    const [number = "", whole = "", fraction = ""] = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest) ?? [];
    if (whole === "" && fraction === "") throw new Refusal(`time: invalid duration "${text}"`);
    const [unit = ""] = /^[^0-9.]*/.exec(rest.slice(number.length)) ?? [];
    if (unit === "") throw new Refusal(`time: missing unit in duration "${text}"`);
    const scale = units.get(unit);
    if (scale === undefined) throw new Refusal(`time: unknown unit "${unit}" in duration "${text}"`);
    total += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
    if (total > most) throw new Refusal(`time: invalid duration "${text}"`);
    rest = rest.slice(number.length + unit.length);
  }
  return negative ? -total : total;
}
