import type { TokenType } from "@vaultwright/core/launch";

/** What limits tokens that are made with `auth/token/create/ROLE`. Durations are seconds; zero means no limit. */
export interface TokenRole {
  readonly name: string;
  readonly allowedPolicies: readonly string[];
  readonly disallowedPolicies: readonly string[];
  readonly allowedPoliciesGlob: readonly string[];
  readonly disallowedPoliciesGlob: readonly string[];
  /** Aliases that a token may be made for; nothing until they are set. */
  readonly allowedEntityAliases: readonly string[] | null;
  readonly isOrphan: boolean;
  readonly isRenewable: boolean;
  /** Put at the end of the path of tokens, so that they can be revoked by it. */
  readonly pathSuffix: string;
  readonly tokenPeriod: number;
  readonly tokenExplicitMaxTtl: number;
  readonly tokenBoundCidrs: readonly string[];
  readonly tokenNoDefaultPolicy: boolean;
  readonly tokenNumUses: number;
  readonly tokenType: TokenType;
  /** What was set under the old names of fields, shown under those again. */
  readonly old: { readonly period: number; readonly explicitMaxTtl: number; readonly boundCidrs: readonly string[] };
}

/** A role nobody has set anything of. */
export function newTokenRole(name: string): TokenRole {
  return {
    name,
    allowedPolicies: [],
    disallowedPolicies: [],
    allowedPoliciesGlob: [],
    disallowedPoliciesGlob: [],
    allowedEntityAliases: null,
    isOrphan: false,
    isRenewable: true,
    pathSuffix: "",
    tokenPeriod: 0,
    tokenExplicitMaxTtl: 0,
    tokenBoundCidrs: [],
    tokenNoDefaultPolicy: false,
    tokenNumUses: 0,
    tokenType: "default-service",
    old: { period: 0, explicitMaxTtl: 0, boundCidrs: [] },
  };
}
