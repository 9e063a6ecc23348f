import type { Data } from "@vaultwright/core/launch";
import { identityPoliciesOf } from "../identity/identity-policies.ts";
import { secondsUntil } from "../leases/lease.ts";
import { expiryOf } from "../requests/caller.ts";
import type { HostState } from "../state.ts";
import type { Token } from "../tokens/token.ts";
import { tokenLeaseId } from "../tokens/token-lease.ts";

/** Describes a token as `auth/token/lookup` does; `id` is its text where the client knows it. */
export function tokenInfo(state: HostState, token: Token, id: string): Data {
  const lease = state.leases.get(tokenLeaseId(token));
  const expiry = expiryOf(state, token);
  const lastRenewal = lease?.lastRenewalMs;
  // Of hosts' tokens only the one that the server was begun with has no lease; others without an end have one, too.
  const hasLease = token.path !== "auth/token/root";
  const identityPolicies = identityPoliciesOf(state, token.entityId);
  return {
    accessor: token.accessor,
    ...(token.boundCidrs.length > 0 && { bound_cidrs: token.boundCidrs }),
    creation_time: Math.floor(token.createdAtMs / 1000),
    creation_ttl: token.ttl,
    display_name: token.displayName,
    entity_id: token.entityId,
    expire_time: expiry?.toISOString() ?? null,
    explicit_max_ttl: token.explicitMaxTtl,
    ...(identityPolicies.length > 0 && { external_namespace_policies: {}, identity_policies: identityPolicies }),
    id,
    ...(hasLease && { issue_time: new Date(token.createdAtMs).toISOString() }),
    ...(lastRenewal !== undefined && {
      last_renewal: new Date(lastRenewal).toISOString(),
      last_renewal_time: Math.floor(lastRenewal / 1000),
    }),
    meta: token.metadata ?? null,
    num_uses: token.numUses,
    orphan: token.parent === undefined,
    path: token.path,
    ...(token.period > 0 && { period: token.period }),
    policies: token.policies,
    ...(hasLease && { renewable: lease?.isRenewable ?? false }),
    ...(token.role !== undefined && { role: token.role }),
    ttl: expiry === undefined ? 0 : secondsUntil(expiry.getTime(), state.clock.now()),
    type: token.type,
  };
}
