import { type TokenType, tokenTypes } from "../logical/auth.ts";
import type { Data } from "../logical/json.ts";
import { own } from "./own.ts";
import { noTokenParameters as none, type TokenParameters } from "./token-parse.ts";

const nanosecondsPerSecond = 1e9;

/** Gives the members that a Go plugin keeps of them in the JSON of a role: nanoseconds, and the type as a number. */
export function storedTokenParameters(parameters: TokenParameters): Data {
  return {
    token_bound_cidrs: parameters.boundCidrs,
    token_explicit_max_ttl: nanoseconds(parameters.explicitMaxTtl),
    token_max_ttl: nanoseconds(parameters.maxTtl),
    token_no_default_policy: parameters.noDefaultPolicy,
    token_num_uses: parameters.numUses,
    token_period: nanoseconds(parameters.period),
    token_policies: parameters.policies,
    token_strictly_bind_ip: parameters.strictlyBindIp,
    token_ttl: nanoseconds(parameters.ttl),
    token_type: tokenTypes.indexOf(parameters.type),
  };
}

/** Reads the members that a Go plugin keeps; what is missing was not given. */
export function readTokenParameters(role: Data): TokenParameters {
  return {
    boundCidrs: texts(role, "token_bound_cidrs"),
    explicitMaxTtl: seconds(role, "token_explicit_max_ttl"),
    maxTtl: seconds(role, "token_max_ttl"),
    noDefaultPolicy: flag(role, "token_no_default_policy"),
    numUses: number(role, "token_num_uses"),
    period: seconds(role, "token_period"),
    policies: texts(role, "token_policies"),
    strictlyBindIp: flag(role, "token_strictly_bind_ip"),
    ttl: seconds(role, "token_ttl"),
    type: tokenType(role, "token_type"),
  };
}

/** A double holds every whole second of 146 years without loss, because a billion has nine factors of two. */
function nanoseconds(duration: number): bigint {
  return BigInt(Math.round(duration * nanosecondsPerSecond));
}

function seconds(role: Data, name: string): number {
  return number(role, name) / nanosecondsPerSecond;
}

function number(role: Data, name: string): number {
  const value = own(role, name) ?? 0;
  if (typeof value !== "number" && typeof value !== "bigint") throw unusable(name);
  return Number(value);
}

function flag(role: Data, name: string): boolean {
  const value = own(role, name) ?? false;
  if (typeof value !== "boolean") throw unusable(name);
  return value;
}

function texts(role: Data, name: string): readonly string[] {
  const value = own(role, name) ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) throw unusable(name);
  return value;
}

/** The type was a text before Vault 1.2, and is a number since. */
function tokenType(role: Data, name: string): TokenType {
  const value = own(role, name) ?? "";
  if (value === "") return none.type;
  const found = tokenTypes.find((type, index) => value === type || value === index);
  if (found === undefined) throw unusable(name);
  return found;
}

function unusable(name: string): Error {
  return new Error(`the stored role has no usable "${name}"`);
}
