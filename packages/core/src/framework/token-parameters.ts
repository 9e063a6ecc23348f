import type { TokenType } from "../logical/auth.ts";
import { UserError } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import { parseAddress } from "./addresses.ts";
import type { Field, ValueOf } from "./field.ts";
import { tokenFields } from "./token-fields.ts";

/** How the tokens of a role or user are made. All durations are seconds; zero leaves a thing to the host. */
export interface TokenParameters {
  readonly boundCidrs: readonly string[];
  readonly explicitMaxTtl: number;
  readonly maxTtl: number;
  readonly noDefaultPolicy: boolean;
  readonly numUses: number;
  readonly period: number;
  readonly policies: readonly string[];
  readonly ttl: number;
  readonly type: "default" | "service" | "batch";
}

/** The values of the `token_*` fields of a request. */
export type TokenFieldValues = { readonly [K in keyof typeof tokenFields]?: ValueOf<(typeof tokenFields)[K]> };

/** What {@link TokenParameters} become in a login; spread it into `grant`. */
export interface TokenGrant extends Omit<TokenParameters, "type"> {
  readonly tokenType: TokenType;
}

/** The `token_*` parameters that every auth method of the hosts has. */
export const tokenParameters: {
  readonly fields: { readonly [K in keyof typeof tokenFields]: Field<ValueOf<(typeof tokenFields)[K]>> };
  /** Parameters of which none was given. */
  readonly none: TokenParameters;
  /** Changes what a request gives, and checks the result; what is wrong is thrown as `UserError`. */
  parse(fields: TokenFieldValues, current?: TokenParameters): TokenParameters;
  /** What a read of the role shows. */
  toData(parameters: TokenParameters): Data;
  /** What the role's logins grant. */
  toGrant(parameters: TokenParameters): TokenGrant;
} = { fields: tokenFields, none: none(), parse, toData, toGrant };

function none(): TokenParameters {
  return {
    ...{ ttl: 0, maxTtl: 0, explicitMaxTtl: 0, period: 0, numUses: 0 },
    ...{ policies: [], boundCidrs: [], noDefaultPolicy: false, type: "default" },
  };
}

function parse(fields: TokenFieldValues, current: TokenParameters = none()): TokenParameters {
  const changed = {
    ...current,
    ...present({
      boundCidrs: fields.token_bound_cidrs?.map(parseAddress),
      explicitMaxTtl: fields.token_explicit_max_ttl,
      maxTtl: fields.token_max_ttl,
      noDefaultPolicy: fields.token_no_default_policy,
      numUses: fields.token_num_uses,
      period: fields.token_period,
      policies: fields.token_policies,
      ttl: fields.token_ttl,
    }),
  };
  // The order of the checks is the hosts' own, since a request with two faults is answered with the first.
  refuse(changed.maxTtl < 0, "'token_max_ttl' cannot be negative");
  refuse(changed.period < 0, "'token_period' cannot be negative");
  const type = fields.token_type === undefined ? current.type : parseType(fields.token_type);
  checkRest({ ...changed, type });
  return { ...changed, type };
}

function checkRest({ type, period, numUses, ttl, maxTtl }: TokenParameters): void {
  const batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate";
  refuse(numUses < 0, "'token_num_uses' cannot be negative");
  refuse(type === "batch" && period !== 0, `${batch} periodic tokens`);
  refuse(type === "batch" && numUses !== 0, `${batch} tokens with limited use count`);
  refuse(ttl < 0, "'token_ttl' cannot be negative");
  refuse(ttl > maxTtl && maxTtl > 0, "'token_ttl' cannot be greater than 'token_max_ttl'");
}

function parseType(text: string): TokenParameters["type"] {
  if (text === "" || text === "default") return "default";
  if (text === "service" || text === "batch") return text;
  throw new UserError(`invalid 'token_type' value "${text}"`);
}

function refuse(isWrong: boolean, text: string): void {
  if (isWrong) throw new UserError(text);
}

function toData(parameters: TokenParameters): Data {
  return {
    token_bound_cidrs: parameters.boundCidrs,
    token_explicit_max_ttl: parameters.explicitMaxTtl,
    token_max_ttl: parameters.maxTtl,
    token_no_default_policy: parameters.noDefaultPolicy,
    token_num_uses: parameters.numUses,
    token_period: parameters.period,
    token_policies: parameters.policies,
    token_ttl: parameters.ttl,
    token_type: parameters.type,
  };
}

function toGrant({ type, ...parameters }: TokenParameters): TokenGrant {
  return { ...parameters, tokenType: type };
}
