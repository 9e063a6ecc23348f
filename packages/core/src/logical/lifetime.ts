import { LogicalError } from "./errors.ts";
import { humanDuration } from "./human-duration.ts";

/** What a lifetime is wished to be. All durations are seconds; what is absent, zero or negative is not set. */
export interface TtlWishes {
  /** What the client asked for. */
  readonly increment?: number | undefined;
  /** What the plugin asks for. */
  readonly ttl?: number | undefined;
  readonly maxTtl?: number | undefined;
  /** Makes the lease periodic: neither increment nor `ttl` count, and nothing but `explicitMaxTtl` ends it. */
  readonly period?: number | undefined;
  readonly explicitMaxTtl?: number | undefined;
  /** When the lease began; absent means now. */
  readonly issued?: Date | undefined;
  readonly now?: Date | undefined;
}

/** A lifetime in seconds, and what the client must be told of it. */
export interface CalculatedTtl {
  readonly ttl: number;
  readonly warnings: readonly string[];
}

/** The lifetimes of leases at a mount, in seconds. */
export interface LeaseTtls {
  readonly defaultLeaseTtl: number;
  readonly maxLeaseTtl: number;
}

/** Decides a lifetime by the limits of a mount, as hosts do at each login, issue and renewal. */
export function lifetimeWithin({ defaultLeaseTtl, maxLeaseTtl }: LeaseTtls, wishes: TtlWishes): CalculatedTtl {
  const [period, explicitMax] = [set(wishes.period), set(wishes.explicitMaxTtl)];
  const max = Math.min(maxLeaseTtl, set(wishes.maxTtl) ?? Infinity, explicitMax ?? Infinity);
  if (max <= 0) throw new LogicalError("unknown", "max TTL must be greater than zero");
  const remaining = remainingTime(wishes);
  if (period === undefined) {
    const ttl = set(wishes.increment) ?? set(wishes.ttl) ?? defaultLeaseTtl;
    return capped("TTL", ttl, remaining(max));
  }
  const periodic = capped("period", period, max);
  if (explicitMax === undefined) return periodic;
  const { ttl, warnings } = capped("TTL", periodic.ttl, remaining(explicitMax));
  return { ttl, warnings: [...periodic.warnings, ...warnings] };
}

/** Says whether the lifetime that a mount has by default counts where this is wished. */
export function usesDefaultTtl({ period, increment, ttl }: TtlWishes): boolean {
  return (set(period) ?? set(increment) ?? set(ttl)) === undefined;
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
