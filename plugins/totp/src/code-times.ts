import type { Data, HostKind } from "@vaultwright/core";
import type { Key } from "./keys.ts";

/**
 * What an answer says of the time of a code: on OpenBao always what OpenBao says; on both, with the seconds that are
 * left, for keys that ask for it.
 */
export function codeTimes(
  { period, showExpiry }: Pick<Key, "period" | "showExpiry">,
  host: HostKind,
  now: number,
): Data {
  if (host !== "openbao" && !showExpiry) return {};
  const generated = Math.floor(now);
  const expire_time = (Math.floor(now / period) + 1) * period;
  const times = { generated, expire_time, period: durationText(period) };
  return showExpiry ? { ...times, seconds_left: expire_time - generated } : times;
}

/** Writes whole seconds as Go writes durations. */
function durationText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours}h${minutes}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
