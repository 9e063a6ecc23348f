import type { Data } from "./json.ts";
import type { Lease } from "./lease.ts";

/** Kinds of token, in the order of their numbers on the wire. */
export const tokenTypes = ["default", "service", "batch", "default-service", "default-batch"] as const;

/** The kind of token that a login asks for. */
export type TokenType = (typeof tokenTypes)[number];

/** The result of a login: what the host makes a token from. All durations are seconds. */
export interface Auth extends Lease {
  /** Kept with the token by the host and given back on renewal. */
  readonly internalData?: Data;
  readonly displayName?: string;
  readonly policies?: readonly string[];
  readonly metadata?: ReadonlyMap<string, string>;
  readonly clientToken?: string;
  readonly accessor?: string;
  readonly period?: number;
  /** Zero or absent: unlimited. */
  readonly numUses?: number;
  readonly entityId?: string;
  /** Without an alias the login has no identity entity. */
  readonly alias?: Alias;
  readonly groupAliases?: readonly Alias[];
  /** Addresses and CIDR blocks from which the token may be used. */
  readonly boundCidrs?: readonly string[];
  readonly tokenPolicies?: readonly string[];
  readonly identityPolicies?: readonly string[];
  readonly explicitMaxTtl?: number;
  readonly tokenType?: TokenType;
  readonly noDefaultPolicy?: boolean;
}

/** Who logged in, for the host's identity store. The host overwrites mount type, mount accessor and `local`. */
export interface Alias {
  readonly name: string;
  readonly mountType?: string;
  readonly mountAccessor?: string;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly id?: string;
  readonly namespaceId?: string;
  readonly customMetadata?: ReadonlyMap<string, string>;
  readonly local?: boolean;
  /** Vault only: who it is for the identity provider that the mount stands for. */
  readonly externalId?: string;
  /** Vault only: the identity provider that the alias is of. */
  readonly issuer?: string;
}
