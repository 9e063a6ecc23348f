import type { TokenType } from "../logical/auth.ts";
import { UserError } from "../logical/errors.ts";
import { present } from "../logical/present.ts";
import { parseAddress } from "./addresses.ts";
import { goQuote } from "./coerce/go-quote.ts";
import type { ValueOf } from "./field.ts";
import type { TokenFields } from "./token-fields.ts";

/** How the tokens of a role or user are made. All durations are seconds; zero leaves a thing to the host. */
export interface TokenParameters {
  readonly boundCidrs: readonly string[];
  readonly explicitMaxTtl: number;
  readonly maxTtl: number;
  readonly noDefaultPolicy: boolean;
  readonly numUses: number;
  readonly period: number;
  readonly policies: readonly string[];
  /** OpenBao only: a token may be used from the address of its login only. */
  readonly strictlyBindIp: boolean;
  readonly ttl: number;
  readonly type: TokenType;
}

/** The values of the `token_*` fields of a write or a patch, where `null` goes back to the default. */
export type TokenFieldValues = { readonly [K in keyof TokenFields]?: ValueOf<TokenFields[K]> | null };

/** Parameters of which none was given. */
export const noTokenParameters: TokenParameters = {
  ...{ ttl: 0, maxTtl: 0, explicitMaxTtl: 0, period: 0, numUses: 0, type: "default" },
  ...{ policies: [], boundCidrs: [], noDefaultPolicy: false, strictlyBindIp: false },
};

/** Changes what a request gives, and checks the result; what is wrong is thrown as `UserError`. */
export function parseTokenParameters(fields: TokenFieldValues, current: TokenParameters): TokenParameters {
  const none = noTokenParameters;
  const changed = {
    // First, since what was stored by an older version need not have every member.
    ...none,
    ...current,
    ...present({
      boundCidrs: cleared(fields.token_bound_cidrs, none.boundCidrs)?.map(parseAddress),
      explicitMaxTtl: cleared(fields.token_explicit_max_ttl, none.explicitMaxTtl),
      maxTtl: cleared(fields.token_max_ttl, none.maxTtl),
      noDefaultPolicy: cleared(fields.token_no_default_policy, none.noDefaultPolicy),
      numUses: cleared(fields.token_num_uses, none.numUses),
      period: cleared(fields.token_period, none.period),
      policies: cleared(fields.token_policies, none.policies),
      strictlyBindIp: cleared(fields.token_strictly_bind_ip, none.strictlyBindIp),
      ttl: cleared(fields.token_ttl, none.ttl),
    }),
  };
  // The order of the checks is the hosts' own, since a request with two faults is answered with the first.
  refuse(changed.maxTtl < 0, "'token_max_ttl' cannot be negative");
  refuse(changed.period < 0, "'token_period' cannot be negative");
  const given = cleared(fields.token_type, none.type);
  const parameters = { ...changed, ...(given !== undefined && { type: parseType(given) }) };
  checkRest(parameters);
  return parameters;
}

function cleared<T>(given: T | null | undefined, none: T): T | undefined {
  return given === null ? none : given;
}

function checkRest({ type, period, numUses, ttl, maxTtl, strictlyBindIp, boundCidrs }: TokenParameters): void {
  const isBatch = type === "batch" || type === "default-batch";
  const batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate";
  refuse(numUses < 0, "'token_num_uses' cannot be negative");
  refuse(isBatch && period !== 0, `${batch} periodic tokens`);
  refuse(isBatch && numUses !== 0, `${batch} tokens with limited use count`);
  refuse(ttl < 0, "'token_ttl' cannot be negative");
  refuse(ttl > maxTtl && maxTtl > 0, "'token_ttl' cannot be greater than 'token_max_ttl'");
  const both = strictlyBindIp && boundCidrs.length > 0;
  refuse(both, "'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one");
}

function parseType(text: string): TokenType {
  if (text === "" || text === "default") return "default";
  if (text === "service" || text === "batch") return text;
  throw new UserError(`invalid 'token_type' value ${goQuote(text)}`);
}

function refuse(isWrong: boolean, text: string): void {
  if (isWrong) throw new UserError(text);
}
