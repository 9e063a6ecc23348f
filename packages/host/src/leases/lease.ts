import type { Data } from "@vaultwright/core/launch";
import type { StoredAuth } from "./stored-auth.ts";

/** A lease as the host keeps it: of a secret, or of a token. Durations are seconds. */
export interface LeaseRecord {
  readonly id: string;
  /** Whole path of the request that made it. */
  readonly path: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly lastRenewalMs?: number;
  readonly isRenewable: boolean;
  /** Key of the token that fetched the secret, or that the lease is of. */
  readonly tokenKey?: string;
  readonly secret?: StoredSecret;
  readonly auth?: StoredAuth;
  /** What the plugin answered when it made the secret. */
  readonly data?: Data;
  /** Why the host gave up revoking it. */
  readonly irrevocable?: string;
}

/** What a plugin said of a leased secret. */
export interface StoredSecret {
  readonly ttl: number;
  readonly maxTtl: number;
  readonly internalData?: Data;
}

/** The whole seconds until a time, never less than zero. Hosts round the time of the question, and cut the rest. */
export function secondsUntil(timeMs: number, now: Date): number {
  return Math.max(Math.trunc((timeMs - Math.round(now.getTime() / 1000) * 1000) / 1000), 0);
}
