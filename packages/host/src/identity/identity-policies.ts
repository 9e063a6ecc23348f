import type { IssuedAuth } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";

type Identity = Pick<HostState, "entities" | "groups">;

/** The policies that a token has from its entity, and from the groups that the entity is in. */
export function identityPoliciesOf({ entities, groups }: Identity, entityId: string): readonly string[] {
  if (entityId === "") return [];
  const own = entities.record(entityId)?.policies ?? [];
  const lent = groups.recordsOfEntity(entityId).flatMap(({ policies }) => policies ?? []);
  return [...new Set([...own, ...lent])].sort();
}

/** Tells the client of a token also what its entity lends to it. */
export function withIdentityPolicies(state: Identity, auth: IssuedAuth): IssuedAuth {
  const lent = identityPoliciesOf(state, auth.entityId ?? "");
  if (lent.length === 0) return auth;
  const identityPolicies = sanitizePolicies(lent, { addDefault: false });
  const policies = sanitizePolicies([...(auth.tokenPolicies ?? []), ...identityPolicies], { addDefault: false });
  return { ...auth, identityPolicies, policies };
}
