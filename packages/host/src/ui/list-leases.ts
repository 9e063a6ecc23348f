import { secondsUntil } from "../leases/lease.ts";
import type { HostState } from "../state.ts";

/** A lease as the page shows it. */
export interface ShownLease {
  readonly id: string;
  readonly kind: "secret" | "token";
  readonly isRenewable: boolean;
  readonly expiresAtMs: number;
  readonly secondsLeft: number;
  /** Why the server gave up revoking it. */
  readonly irrevocable?: string;
}

const most = 500;

/** Lists the leases that end soonest, and says how many there are. */
export function listLeases({ leases, clock }: HostState): {
  readonly leases: readonly ShownLease[];
  readonly count: number;
} {
  const all = leases.withPrefix("").sort((a, b) => a.expiresAtMs - b.expiresAtMs);
  const shown = all.slice(0, most).map(
    ({ id, auth, isRenewable, expiresAtMs, irrevocable }): ShownLease => ({
      id,
      kind: auth === undefined ? "secret" : "token",
      isRenewable,
      expiresAtMs,
      secondsLeft: secondsUntil(expiresAtMs, clock.now()),
      ...(irrevocable !== undefined && { irrevocable }),
    }),
  );
  return { leases: shown, count: all.length };
}
