/** Lifetime of a secret or a token. All durations are seconds. */
export interface Lease {
  /** Zero or absent lets the host choose. */
  readonly ttl?: number;
  readonly maxTtl?: number;
  readonly renewable?: boolean;
  /** What the client asked for; only on renewals. */
  readonly increment?: number;
  /** When the host issued it; only on renewals and revocations. */
  readonly issueTime?: Date;
}
