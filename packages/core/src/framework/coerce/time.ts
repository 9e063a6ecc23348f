import { Refusal } from "./refusal.ts";

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,3})\d*)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Takes a time in the form of RFC 3339 or as text with seconds since 1970; nothing for null, which counts as not given. */
export function time(raw: unknown): Date | undefined {
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw !== "string") throw new Refusal("could not parse time from input type");
  const parsed = parseRfc3339(raw) ?? parseEpoch(raw);
  if (parsed === undefined || Number.isNaN(parsed.getTime()))
    throw new Refusal("could not parse string as date and time");
  return parsed;
}

function parseEpoch(text: string): Date | undefined {
  // Of more digits JavaScript knows no date.
  return /^[+-]?0*\d{1,15}$/.test(text) ? new Date(Number(text) * 1000) : undefined;
}

/** Takes what Go takes, which is not what `Date` takes: one digit of an hour, and zones of a whole day. */
function parseRfc3339(text: string): Date | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [fraction = "", sign, zoneHour = "0", zoneMinute = "0"] = match.slice(7);
  if (hour > 23 || minute > 59 || second > 59 || Number(zoneHour) > 24 || Number(zoneMinute) > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // JavaScript moves the 30th of February on into March; Go refuses it.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Number(fraction.padEnd(3, "0")));
  const ahead = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return new Date(date.getTime() - (sign === "-" ? -ahead : ahead));
}
