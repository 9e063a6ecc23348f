import { type Data, lifetimeWithin, UserError } from "@vaultwright/core/launch";
import { leaseTtlsOf } from "../mounts/mount-entry.ts";
import type { HostState } from "../state.ts";
import type { Token } from "../tokens/token.ts";
import { secondsField } from "./fields.ts";
import { tokenMountEntry } from "./token-mount.ts";
import type { TokenMaker } from "./token-policies.ts";

/** How long a new token lives. Durations are seconds; zero means that nothing was said. */
export interface TokenLifetime {
  readonly ttl: number;
  /** In effect: the smaller of what was asked for and what the role says. */
  readonly explicitMaxTtl: number;
  readonly period: number;
  /** As asked for, which the token's own record has. */
  readonly asked: { readonly explicitMaxTtl: number; readonly period: number };
  readonly warnings: readonly string[];
}

/** Decides how long a new token lives, within what its role and the mount of tokens allow. */
export function chosenLifetime(
  state: HostState,
  data: Data,
  token: TokenMaker & { readonly policies: readonly string[]; readonly type: Token["type"] },
): TokenLifetime {
  const { parent, hasSudo, role, policies, type } = token;
  const asked = {
    explicitMaxTtl: positive(data, "explicit_max_ttl"),
    period: positive(data, "period"),
  };
  if (asked.period > 0 && !hasSudo) throw new UserError("root or sudo privileges required to create periodic token");
  const wish = data["ttl"] === undefined || data["ttl"] === "" ? positive(data, "lease") : positive(data, "ttl");

  const limits = type === "batch" ? undefined : role;
  const explicit = lesser("Explicit max TTL", asked.explicitMaxTtl, limits?.tokenExplicitMaxTtl ?? 0);
  const period = lesser("Period", asked.period, limits?.tokenPeriod ?? 0);
  const isEndless = policies.includes("root") && wish === 0 && period.seconds === 0;
  const entry = tokenMountEntry(state);
  const calculated = isEndless
    ? { ttl: explicit.seconds, warnings: [] }
    : lifetimeWithin(leaseTtlsOf(entry), {
        ttl: wish,
        maxTtl: entry.config.maxLeaseTtl,
        period: period.seconds,
        explicitMaxTtl: explicit.seconds,
        now: state.clock.now(),
      });
  const ttl = Math.round(calculated.ttl);
  if (ttl === 0 && parent.ttl !== 0) throw new UserError("expiring root tokens cannot create non-expiring root tokens");
  return {
    ttl,
    explicitMaxTtl: explicit.seconds,
    period: period.seconds,
    asked,
    warnings: [...explicit.warnings, ...period.warnings, ...calculated.warnings],
  };
}

function positive(data: Data, name: string): number {
  const seconds = secondsField(data, name) ?? 0;
  if (seconds < 0) throw new UserError(`${name} must be positive`);
  return seconds;
}

/** Zero on one side leaves the decision to the other. */
function lesser(what: string, asked: number, ofRole: number): { seconds: number; warnings: readonly string[] } {
  if (asked === 0 || ofRole === 0) return { seconds: asked || ofRole, warnings: [] };
  const seconds = Math.min(asked, ofRole);
  const text = `${what} specified both during creation call and in role; using the lesser value of ${seconds} seconds`;
  return { seconds, warnings: [text] };
}
