import { Refusal } from "./refusal.ts";

const rfc3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/;

/** Takes a time in the form of RFC 3339 or as text with seconds since 1970; nothing for null, which counts as not given. */
export function time(raw: unknown): Date | undefined {
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw !== "string") throw new Refusal("could not parse time from input type");
  const parsed = /^[+-]?\d{1,15}$/.test(raw) ? new Date(Number(raw) * 1000) : parseRfc3339(raw);
  if (parsed === undefined || Number.isNaN(parsed.getTime()))
    throw new Refusal("could not parse string as date and time");
  return parsed;
}

function parseRfc3339(text: string): Date | undefined {
  const [matched, day = "", clock = "", fraction = "", zone = ""] = rfc3339.exec(text) ?? [];
  if (matched === undefined || !isDay(day)) return undefined;
  return new Date(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, "0")}${zone}`);
}

/** JavaScript moves the 30th of February on into March; Go refuses it. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
