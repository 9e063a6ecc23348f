import { goQuote } from "./coerce/go-quote.ts";

/** The least and the most of a part of a schedule, and what may be written instead of its numbers. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const parts: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
  { least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** Says what is wrong with a schedule of cron's five parts, in the words of the hosts; undefined where nothing is. */
export function faultOfSchedule(schedule: string): string | undefined {
  try {
    checkSchedule(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {
  override readonly name: string = "Fault";
}

function checkSchedule(schedule: string): void {
  const rest = withoutZone(schedule);
  if (rest.startsWith("@")) throw new Fault(`parser does not accept descriptors: ${rest}`);
  const given = rest.split(/\s+/).filter((part) => part !== "");
  if (given.length !== parts.length)
    throw new Fault(`expected exactly ${parts.length} fields, found ${given.length}: [${given.join(" ")}]`);
  parts.forEach((bounds, index) => {
    for (const range of (given[index] ?? "").split(",")) if (range !== "") checkRange(range, bounds);
  });
}

/** A time zone may stand before a schedule; Vault checks it, and rotates by UTC all the same. */
function withoutZone(schedule: string): string {
  const [prefix, zone = "", rest = ""] = /^(?:CRON_)?TZ=(\S*)(.*)$/s.exec(schedule) ?? [];
  if (prefix === undefined) return schedule;
  try {
    if (zone !== "" && zone !== "Local") Intl.DateTimeFormat("en", { timeZone: zone });
  } catch (error) {
    throw new Fault(`provided bad location ${zone}: unknown time zone ${zone}`, { cause: error });
  }
  return rest.trim();
}

function checkRange(text: string, { least, most, names = [] }: Bounds): void {
  const [range = "", step, ...steps] = text.split("/");
  const [low = "", high, ...more] = range.split("-");
  const number = (each: string) => {
    const named = names.indexOf(each.toLowerCase());
    return named === -1 ? parseCount(each) : named + least;
  };
  const isAny = low === "*" || low === "?";
  const start = isAny ? least : number(low);
  if (!isAny && more.length > 0) throw new Fault(`too many hyphens: ${text}`);
  // A single number with a step means from there on.
  const single = isAny || step !== undefined ? most : start;
  const end = high === undefined ? single : isAny ? most : number(high);
  const width = step === undefined ? 1 : parseCount(step);
  if (steps.length > 0) throw new Fault(`too many slashes: ${text}`);
  if (start < least) throw new Fault(`beginning of range (${start}) below minimum (${least}): ${text}`);
  if (end > most) throw new Fault(`end of range (${end}) above maximum (${most}): ${text}`);
  if (start > end) throw new Fault(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (width === 0) throw new Fault(`step of range should be a positive number: ${text}`);
}

function parseCount(text: string): number {
  const isNumber = /^[+-]?\d+$/.test(text);
  const count = Number(text);
  if (!isNumber || Math.abs(count) >= 2 ** 63) {
    const reason = isNumber ? "value out of range" : "invalid syntax";
    throw new Fault(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: ${reason}`);
  }
  if (count < 0) throw new Fault(`negative number (${count}) not allowed: ${text}`);
  return count;
}
