import { type Data, UserError } from "@vaultwright/core/launch";
import { leaseTtlsOf } from "../mounts/mount-entry.ts";
import type { HostState } from "../state.ts";
import { addressProblem } from "../tokens/bound-cidrs.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";
import { newTokenRole, type TokenRole } from "../tokens/token-role.ts";
import { booleanField, durationField, integerField, textField, textsField } from "./fields.ts";
import { tokenMountEntry } from "./token-mount.ts";

/** A role as a request changes it, and what the client must be told of it. */
export interface ChangedRole {
  readonly role: TokenRole;
  readonly warnings: readonly string[];
}

/** Reads a role from a request over what is set already. */
export function changedTokenRole(state: HostState, name: string, data: Data): ChangedRole {
  const before = state.tokenRoles.get(name) ?? newTokenRole(name);
  const role: TokenRole = {
    ...before,
    ...ownFields(before, data),
    ...tokenFields(before, data),
    ...periodOf(before, data),
  };
  checkBatch(role);
  return { role, warnings: [...doubleFields(data), ...tooLong(state, role, data)] };
}

function ownFields(before: TokenRole, data: Data): Partial<TokenRole> {
  const policies = (field: string, otherwise: readonly string[]): readonly string[] => {
    const given = textsField(data, field);
    return given === undefined ? otherwise : sanitizePolicies(given, { addDefault: false });
  };
  const aliases = textsField(data, "allowed_entity_aliases");
  return {
    allowedPolicies: policies("allowed_policies", before.allowedPolicies),
    allowedPoliciesGlob: policies("allowed_policies_glob", before.allowedPoliciesGlob),
    disallowedPolicies: policies("disallowed_policies", before.disallowedPolicies),
    disallowedPoliciesGlob: policies("disallowed_policies_glob", before.disallowedPoliciesGlob),
    isOrphan: booleanField(data, "orphan") ?? before.isOrphan,
    isRenewable: booleanField(data, "renewable") ?? before.isRenewable,
    pathSuffix: data["path_suffix"] === undefined ? before.pathSuffix : pathSuffix(textField(data, "path_suffix")),
    tokenType: data["token_type"] === undefined ? before.tokenType : roleTokenType(data["token_type"]),
    ...(aliases && { allowedEntityAliases: [...new Set(aliases.map((alias) => alias.toLowerCase()))].sort() }),
  };
}

function pathSuffix(suffix: string): string {
  if (suffix !== "" && !/\w[\w\-.]+\w/.test(suffix))
    throw new UserError("given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
  if (suffix.includes(".."))
    throw new UserError("error registering path suffix: path cannot contain parent references");
  return suffix;
}

function roleTokenType(value: unknown): TokenRole["tokenType"] {
  if (value === null) throw new UserError("Invalid 'token_type' value: null");
  const types = ["service", "batch", "default-service", "default-batch"] as const;
  const found = types.find((type) => type === value);
  if (found === undefined) throw new UserError(`invalid 'token_type' value ${JSON.stringify(value)}`);
  return found;
}

/** Fields that Vault has in common with the roles of auth methods. */
function tokenFields(before: TokenRole, data: Data): Partial<TokenRole> {
  const newName = textsField(data, "token_bound_cidrs");
  const oldName = newName === undefined ? textsField(data, "bound_cidrs") : undefined;
  if (newName !== undefined) checkAddresses(newName, "error parsing role fields");
  if (oldName !== undefined) checkAddresses(oldName, "error parsing bound_cidrs");
  const tokenNumUses =
    data["token_num_uses"] === undefined ? before.tokenNumUses : integerField(data, "token_num_uses");
  if (tokenNumUses < 0) throw new UserError("error parsing role fields: 'token_num_uses' cannot be negative");
  return {
    tokenBoundCidrs: newName ?? oldName ?? before.tokenBoundCidrs,
    tokenNoDefaultPolicy: booleanField(data, "token_no_default_policy") ?? before.tokenNoDefaultPolicy,
    tokenNumUses,
  };
}

function checkAddresses(addresses: readonly string[], what: string): void {
  const problem = addresses.map(addressProblem).find((text) => text !== undefined);
  if (problem !== undefined) throw new UserError(`${what}: ${problem}`);
}

/** The new name of a field wins over its old name, and clears what was set under that. */
function periodOf(before: TokenRole, data: Data): Partial<TokenRole> {
  const period = durationField(data, "token_period");
  const oldPeriod = durationField(data, "period");
  const explicit = durationField(data, "token_explicit_max_ttl");
  const oldExplicit = durationField(data, "explicit_max_ttl");
  const cidrs = textsField(data, "bound_cidrs");
  const isBatch = before.tokenType === "batch" || before.tokenType === "default-batch";
  if ((period ?? before.tokenPeriod) > 0 && isBatch && data["token_type"] === undefined)
    throw new UserError(
      "error parsing role fields: 'token_type' cannot be 'batch' or 'default_batch' when set to generate periodic tokens",
    );
  return {
    tokenPeriod: period ?? oldPeriod ?? before.tokenPeriod,
    tokenExplicitMaxTtl: explicit ?? oldExplicit ?? before.tokenExplicitMaxTtl,
    old: {
      period: period === undefined ? (oldPeriod ?? before.old.period) : 0,
      explicitMaxTtl: explicit === undefined ? (oldExplicit ?? before.old.explicitMaxTtl) : 0,
      boundCidrs: data["token_bound_cidrs"] === undefined ? (cidrs ?? before.old.boundCidrs) : [],
    },
  };
}

function checkBatch(role: TokenRole): void {
  if (role.tokenType !== "batch") return;
  const refuse = (what: string): never => {
    throw new UserError(`'token_type' cannot be 'batch' when role is set to generate ${what}`);
  };
  if (!role.isOrphan) refuse("non-orphan tokens");
  if (role.tokenPeriod !== 0) refuse("periodic tokens");
  if (role.isRenewable) refuse("renewable tokens");
  if (role.tokenExplicitMaxTtl !== 0) refuse("tokens with an explicit max TTL");
}

function doubleFields(data: Data): string[] {
  return ["period", "bound_cidrs", "explicit_max_ttl"]
    .filter((name) => data[name] !== undefined && data[`token_${name}`] !== undefined)
    .map((name) => `Both 'token_${name}' and deprecated '${name}' value supplied, ignoring the deprecated value`);
}

/** Only those who set the lifetime, or have it under its old name, are told. */
function tooLong(state: HostState, role: TokenRole, data: Data): string[] {
  const isGiven = durationField(data, "token_explicit_max_ttl") !== undefined;
  const seconds = isGiven ? role.tokenExplicitMaxTtl : role.old.explicitMaxTtl;
  const { maxLeaseTtl } = leaseTtlsOf(tokenMountEntry(state));
  if (seconds <= maxLeaseTtl) return [];
  return [
    `Given explicit max TTL of ${seconds} is greater than system/mount allowed value of ${maxLeaseTtl} seconds; ` +
      "until this is fixed attempting to create tokens against this role will result in an error",
  ];
}
