import {
  type Alias,
  type Auth,
  LogicalError,
  lifetimeWithin,
  type Response,
  UserError,
} from "@vaultwright/core/launch";
import { refreshExternalGroups } from "../identity/external-groups.ts";
import { withIdentityPolicies } from "../identity/identity-policies.ts";
import type { LeaseRecord } from "../leases/lease.ts";
import { askToRenew, mountOfLease } from "../leases/renew-lease.ts";
import { authFromStored, storedFromAuth } from "../leases/stored-auth.ts";
import { leaseTtlsOf } from "../mounts/mount-entry.ts";
import { mountMembers } from "../mounts/plugin-request.ts";
import type { HostRequest, HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import type { Token } from "./token.ts";
import { tokenLeaseId } from "./token-lease.ts";

/** The wish to renew a token. */
export interface TokenRenewal {
  readonly increment: number;
  readonly request: HostRequest;
  /** Text of the token, where the client knows it. */
  readonly id?: string | undefined;
}

/** Renews a token: the auth method that made it says for how long. An answer without `auth` leaves it as it was. */
export async function renewToken(
  state: HostState,
  token: Token,
  { increment, request, id = "" }: TokenRenewal,
): Promise<HostResponse | undefined> {
  if (token.type === "batch") throw new UserError("batch tokens cannot be renewed");
  const lease = state.leases.get(tokenLeaseId(token));
  if (lease?.auth === undefined) throw new UserError("invalid lease ID");
  if (!lease.isRenewable) throw new UserError("lease is not renewable");
  const issueTime = new Date(lease.issuedAtMs);
  const stored = authFromStored(lease.auth);
  const response = await askToRenew(() => askMount(state, token, lease, { ...stored, increment, issueTime }, request));
  const auth = response?.auth;
  if (auth === undefined) return undefined;

  const now = state.clock.now();
  const { ttl, maxTtl, explicitMaxTtl, period } = auth;
  const found = state.mounts.route(lease.path);
  if (found === undefined) throw new UserError("lease is not renewable");
  const wishes = { increment, ttl, maxTtl, explicitMaxTtl, period, now, issued: issueTime };
  const lifetime = lifetimeWithin(leaseTtlsOf(found.mount.entry), wishes);
  const seconds = Math.round(lifetime.ttl);
  state.store.atomically(() => {
    const groupAliases = groupAliasesOf(state, token, lease, auth);
    state.leases.save({
      ...lease,
      expiresAtMs: now.getTime() + seconds * 1000,
      lastRenewalMs: now.getTime(),
      isRenewable: auth.renewable ?? false,
      auth: storedFromAuth({ ...auth, ttl: seconds, groupAliases }),
    });
  });
  return {
    auth: withIdentityPolicies(state, {
      ...auth,
      ttl: seconds,
      clientToken: id,
      accessor: token.accessor,
      policies: token.policies,
      tokenPolicies: token.policies,
      entityId: token.entityId,
      tokenType: token.type,
      // Hosts leave it out here, whatever the token is.
      isOrphan: false,
    }),
    warnings: [...(response?.warnings ?? []), ...lifetime.warnings],
  };
}

async function askMount(
  state: HostState,
  token: Token,
  lease: LeaseRecord,
  auth: Auth,
  request: HostRequest,
): Promise<Response | undefined> {
  const source = mountOfLease(state, lease);
  if (source === undefined) return { auth: { ...auth, ...currentLimits(state, token) } };
  const { mount, path } = source;
  return mount.send(
    {
      id: newUuid(),
      operation: "renew",
      path,
      auth,
      ...mountMembers(mount.entry),
      connection: { remoteAddr: request.remoteAddress, remotePort: request.remotePort },
    },
    request.signal,
  );
}

/**
 * An auth method says at each renewal anew which external groups of its mount the entity is in. Hosts take the renewal of a
 * token that no auth method made for word that it is in none at all.
 */
function groupAliasesOf(state: HostState, { entityId }: Token, lease: LeaseRecord, auth: Auth): readonly Alias[] {
  if (entityId === "") return auth.groupAliases ?? [];
  const mountAccessor = mountOfLease(state, lease)?.mount.entry.accessor;
  const groupAliases = (auth.groupAliases ?? []).map((alias) => ({
    ...alias,
    ...(mountAccessor && { mountAccessor }),
  }));
  return refreshExternalGroups(state.groups, { entityId, mountAccessor, groupAliases });
}

/** Tokens that no auth method made are renewed as they are, or as their role says today. */
function currentLimits({ tokenRoles }: HostState, token: Token): Pick<Auth, "period" | "explicitMaxTtl"> {
  if (token.role === undefined) return { period: token.period, explicitMaxTtl: token.explicitMaxTtl };
  const role = tokenRoles.get(token.role);
  if (role !== undefined) return { period: role.tokenPeriod, explicitMaxTtl: role.tokenExplicitMaxTtl };
  const name = JSON.stringify(token.role);
  throw new LogicalError("unknown", `original token role ${name} could not be found, not renewing`);
}
