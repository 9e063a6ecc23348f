/** A token as the host keeps it. All durations are seconds. */
export interface Token {
  /** Salted hash of the token, its name everywhere inside the host; the token itself is not kept. */
  readonly key: string;
  readonly accessor: string;
  readonly type: "service" | "batch";
  /** Key of the token that made it; its revocation takes this one along. */
  readonly parent?: string;
  /** Path of the request that made it. */
  readonly path: string;
  /** Name of the role that it was made with; renewals ask that again. */
  readonly role?: string;
  readonly policies: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly displayName: string;
  /** How many requests are left to it; zero means any number. */
  readonly numUses: number;
  readonly createdAtMs: number;
  /** Lifetime that it was made with; zero means that it does not end, as with root tokens. */
  readonly ttl: number;
  readonly explicitMaxTtl: number;
  readonly period: number;
  readonly entityId: string;
  readonly boundCidrs: readonly string[];
}

/** Says whether a token may do everything. */
export function isRootToken(token: Token): boolean {
  return token.policies.includes("root");
}
