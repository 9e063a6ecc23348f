import type { Acl } from "../policies/acl.ts";
import type { IssuedAuth } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";
import type { Token } from "../tokens/token.ts";
import { noGroups } from "./group-store.ts";

type Identity = Pick<HostState, "entities" | "groups">;

/** The policies that a token has from its entity, and from the groups that the entity is in. */
export function identityPoliciesOf({ entities, groups }: Identity, entityId: string): readonly string[] {
  if (entityId === "") return [];
  const own = entities.record(entityId)?.policies ?? [];
  const lent = groups.ofEntity(entityId).all.flatMap(({ policies }) => policies ?? []);
  return [...new Set([...own, ...lent])].sort();
}

/** Puts together what a token may do, by its own policies and by those of its entity. */
export function aclOf(state: Identity & Pick<HostState, "policies" | "clock">, token: Token): Acl {
  const { policies, entityId } = token;
  const groups = entityId === "" ? noGroups : state.groups.ofEntity(entityId);
  return state.policies.acl([...policies, ...identityPoliciesOf(state, entityId)], {
    entity: state.entities.record(entityId),
    groups: groups.all,
    now: state.clock.now,
  });
}

/** Tells the client of a token also what its entity lends to it. */
export function withIdentityPolicies(state: Identity, auth: IssuedAuth): IssuedAuth {
  const lent = identityPoliciesOf(state, auth.entityId ?? "");
  if (lent.length === 0) return auth;
  const identityPolicies = sanitizePolicies(lent, { addDefault: false });
  const policies = sanitizePolicies([...(auth.tokenPolicies ?? []), ...identityPolicies], { addDefault: false });
  return { ...auth, identityPolicies, policies };
}
