import { LogicalError } from "@vaultwright/core/launch";
import { formatDuration } from "../values/duration.ts";

/** What decides the lifetime of a lease. All durations are seconds; absent, zero and negative mean not set. */
export interface TtlInputs {
  readonly systemDefault: number;
  readonly systemMax: number;
  readonly increment?: number | undefined;
  readonly ttl?: number | undefined;
  readonly maxTtl?: number | undefined;
  readonly explicitMaxTtl?: number | undefined;
  readonly period?: number | undefined;
  readonly now: Date;
  /** When the lease was issued; absent means now. */
  readonly issueTime?: Date | undefined;
}

/** A lifetime, and what the client must be told of it. */
export interface CalculatedTtl {
  readonly ttl: number;
  readonly warnings: readonly string[];
}

/** Decides the lifetime of a lease as Vault does, at its start and at each renewal. */
export function calculateTtl(inputs: TtlInputs): CalculatedTtl {
  const period = positive(inputs.period);
  const explicitMax = positive(inputs.explicitMaxTtl);
  const limits = [inputs.systemMax, positive(inputs.maxTtl), explicitMax].filter((limit) => limit !== undefined);
  const max = Math.min(...limits);
  if (inputs.systemMax <= 0 || max <= 0) throw new LogicalError("unknown", "max TTL must be greater than zero");

  const warnings: string[] = [];
  const capped = (what: string, wish: number, limit: number): number => {
    if (wish <= limit) return wish;
    const value = what === "TTL" ? "TTL value" : "period value";
    warnings.push(
      `${what} of "${formatDuration(wish)}" exceeded the effective max_ttl of "${formatDuration(limit)}"; ` +
        `${value} is capped accordingly`,
    );
    return limit;
  };

  const wish =
    period === undefined
      ? (positive(inputs.increment) ?? positive(inputs.ttl) ?? inputs.systemDefault)
      : capped("period", period, max);
  // A periodic token lives for ever as long as it is renewed, unless it has a hard end.
  const limit = period === undefined ? max : explicitMax;
  if (limit === undefined) return { ttl: wish, warnings };

  const now = wholeSeconds(inputs.now);
  const remaining = wholeSeconds(inputs.issueTime ?? inputs.now) + limit - now;
  if (remaining <= 0) throw new LogicalError("unknown", "past the max TTL, cannot renew");
  return { ttl: capped("TTL", wish, remaining), warnings };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
