import { LogicalError } from "../logical/errors.ts";
import type { SystemView } from "../logical/system-view.ts";
import { humanDuration } from "./human-duration.ts";

/** What a lifetime is wished to be. All durations are seconds; what is absent, zero or negative is not set. */
export interface TtlWishes {
  /** What the client asked for. */
  readonly increment?: number;
  /** What the plugin asks for. */
  readonly ttl?: number;
  readonly maxTtl?: number;
  /** Makes the lease periodic: neither increment nor `ttl` count, and nothing but `explicitMaxTtl` ends it. */
  readonly period?: number;
  readonly explicitMaxTtl?: number;
  /** When the lease began; absent means now. */
  readonly issued?: Date | undefined;
  readonly now?: Date;
}

/** A lifetime in seconds, and what the client must be told of it. */
export interface CalculatedTtl {
  readonly ttl: number;
  readonly warnings: readonly string[];
}

/**
 * Decides a lifetime by the limits of the mount, as the host will do with what a login, an issue or a renewal gives it.
 * Handlers need it only where they must know the outcome, since the host does the same again.
 */
export async function calculateTtl(
  system: Pick<SystemView, "defaultLeaseTtl" | "maxLeaseTtl">,
  wishes: TtlWishes = {},
): Promise<CalculatedTtl> {
  const [period, explicitMax] = [set(wishes.period), set(wishes.explicitMaxTtl)];
  const max = Math.min(await system.maxLeaseTtl(), set(wishes.maxTtl) ?? Infinity, explicitMax ?? Infinity);
  if (max <= 0) throw new LogicalError("unknown", "max TTL must be greater than zero");
  const remaining = remainingTime(wishes);
  if (period === undefined) {
    const ttl = set(wishes.increment) ?? set(wishes.ttl) ?? (await system.defaultLeaseTtl());
    return capped("TTL", ttl, remaining(max));
  }
  const periodic = capped("period", period, max);
  if (explicitMax === undefined) return periodic;
  const { ttl, warnings } = capped("TTL", periodic.ttl, remaining(explicitMax));
  return { ttl, warnings: [...periodic.warnings, ...warnings] };
}

function set(duration: number | undefined): number | undefined {
  return duration !== undefined && duration > 0 ? duration : undefined;
}

function remainingTime({ now = new Date(), issued = now }: TtlWishes): (max: number) => number {
  return (max) => {
    const remaining = wholeSeconds(issued) + max - wholeSeconds(now);
    if (remaining <= 0) throw new LogicalError("unknown", "past the max TTL, cannot renew");
    return remaining;
  };
}

function capped(what: "TTL" | "period", wish: number, limit: number): CalculatedTtl {
  if (wish <= limit) return { ttl: wish, warnings: [] };
  const [asked, most] = [humanDuration(wish), humanDuration(limit)];
  const warning = `${what} of "${asked}" exceeded the effective max_ttl of "${most}"; ${what} value is capped accordingly`;
  return { ttl: limit, warnings: [warning] };
}

function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
