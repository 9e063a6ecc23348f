import type { IssuedAuth } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";

/** The policies that a token has from its entity. */
export function identityPoliciesOf({ entities }: Pick<HostState, "entities">, entityId: string): readonly string[] {
  return entities.record(entityId)?.policies ?? [];
}

/** Tells the client of a token also what its entity lends to it. */
export function withIdentityPolicies(state: Pick<HostState, "entities">, auth: IssuedAuth): IssuedAuth {
  const identityPolicies = identityPoliciesOf(state, auth.entityId ?? "");
  if (identityPolicies.length === 0) return auth;
  const policies = sanitizePolicies([...(auth.tokenPolicies ?? []), ...identityPolicies], { addDefault: false });
  return { ...auth, identityPolicies, policies };
}
