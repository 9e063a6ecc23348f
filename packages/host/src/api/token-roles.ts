import type { Data } from "@vaultwright/core/launch";
import type { TokenRole } from "../tokens/token-role.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";
import { changedTokenRole } from "./token-role-fields.ts";

const roleFields = {
  allowed_entity_aliases: "array",
  allowed_policies: "array",
  allowed_policies_glob: "array",
  bound_cidrs: "array",
  disallowed_policies: "array",
  disallowed_policies_glob: "array",
  explicit_max_ttl: "string",
  orphan: "boolean",
  path_suffix: "string",
  period: "string",
  renewable: "boolean",
  token_bound_cidrs: "array",
  token_explicit_max_ttl: "string",
  token_no_default_policy: "boolean",
  token_num_uses: "integer",
  token_period: "string",
  token_type: "string",
} as const;

/** The paths of the roles that tokens can be made with. */
export const tokenRoleRoutes: readonly ApiRoute[] = [
  route("roles", "List the roles that tokens can be made with.", {
    list: ({ state }) => listOf(state.tokenRoles.keys().sort()),
  }),
  route(
    "roles/:role_name",
    "Read, write and delete a role that tokens can be made with.",
    { read, update, delete: remove },
    roleFields,
  ),
];

function read({ state, params }: ApiCall) {
  const role = state.tokenRoles.get(params["role_name"] ?? "");
  return role && { data: roleInfo(role) };
}

function update({ state, params, data }: ApiCall) {
  const name = params["role_name"] ?? "";
  const { role, warnings } = changedTokenRole(state, name, data);
  state.tokenRoles.set(name, role);
  return warnings.length === 0 ? undefined : { warnings };
}

function remove({ state, params }: ApiCall): undefined {
  state.tokenRoles.delete(params["role_name"] ?? "");
}

function roleInfo(role: TokenRole): Data {
  return {
    allowed_entity_aliases: role.allowedEntityAliases,
    allowed_policies: role.allowedPolicies,
    allowed_policies_glob: role.allowedPoliciesGlob,
    ...(role.old.boundCidrs.length > 0 && { bound_cidrs: role.old.boundCidrs }),
    disallowed_policies: role.disallowedPolicies,
    disallowed_policies_glob: role.disallowedPoliciesGlob,
    explicit_max_ttl: role.old.explicitMaxTtl,
    name: role.name,
    orphan: role.isOrphan,
    path_suffix: role.pathSuffix,
    period: role.old.period,
    renewable: role.isRenewable,
    ...(role.tokenBoundCidrs.length > 0 && { token_bound_cidrs: role.tokenBoundCidrs }),
    token_explicit_max_ttl: role.tokenExplicitMaxTtl,
    token_no_default_policy: role.tokenNoDefaultPolicy,
    ...(role.tokenNumUses > 0 && { token_num_uses: role.tokenNumUses }),
    token_period: role.tokenPeriod,
    token_type: role.tokenType,
  };
}
