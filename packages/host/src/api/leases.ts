import { UserError } from "@vaultwright/core/launch";
import { type LeaseRecord, secondsUntil } from "../leases/lease.ts";
import { renewableLease, renewSecret } from "../leases/renew-lease.ts";
import { renewToken } from "../tokens/renew-token.ts";
import { asUserError } from "./as-user-error.ts";
import { booleanField, incrementField, textField } from "./fields.ts";
import { irrevocableLeaseRoutes } from "./irrevocable-leases.ts";
import { type ApiCall, type ApiRoute, accepted, listOf, route, statusOnly } from "./route.ts";

const renewOperations = { update: renew };
const revokeOperations = { update: revoke };

const forceOperations = { update: (call: ApiCall) => revokePrefix(call, { isForced: true }) };
const prefixOperations = { update: (call: ApiCall) => revokePrefix(call) };

const renewFields = { increment: "string", lease_id: "string" } as const;
const revokeFields = { lease_id: "string", sync: "boolean" } as const;
const prefixFields = { sync: "boolean" } as const;

/** The paths of leases, also under their old names. */
export const leaseRoutes: readonly ApiRoute[] = [
  ...irrevocableLeaseRoutes,
  route("leases/tidy", "Clean up what broken leases left, of which this server has none.", { update: tidy }),
  route("leases/lookup", "Look at a lease.", { update: lookUp, list: list }, { lease_id: "string" }),
  route("leases/lookup/:prefix+", "List the leases below a path.", { list: list }),
  route("leases/renew", "Renew a lease.", renewOperations, renewFields),
  route("leases/renew/:url_lease_id+", "Renew a lease.", renewOperations, renewFields),
  route("renew", "Renew a lease.", renewOperations, renewFields),
  route("renew/:url_lease_id+", "Renew a lease.", renewOperations, renewFields),
  route("leases/revoke", "Revoke a lease.", revokeOperations, revokeFields),
  route("leases/revoke-prefix/:prefix+", "Revoke all leases below a path.", prefixOperations, prefixFields),
  route("leases/revoke-force/:prefix+", "Drop all leases below a path, whatever the plugin says.", forceOperations),
  route("leases/revoke/:url_lease_id+", "Revoke a lease.", revokeOperations, revokeFields),
  route("revoke", "Revoke a lease.", revokeOperations, revokeFields),
  route("revoke/:url_lease_id+", "Revoke a lease.", revokeOperations, revokeFields),
  route("revoke-prefix/:prefix+", "Revoke all leases below a path.", prefixOperations, prefixFields),
  route("revoke-force/:prefix+", "Drop all leases below a path, whatever the plugin says.", forceOperations),
];

function leaseId({ data, params }: ApiCall): string {
  const id = textField(data, "lease_id") || (params["url_lease_id"] ?? "");
  if (id === "") throw new UserError("lease_id must be specified");
  return id;
}

function lookUp(call: ApiCall) {
  const lease = call.state.leases.get(leaseId(call));
  if (lease === undefined) throw new UserError("invalid lease");
  return { data: leaseTimes(lease, call.state.clock.now()) };
}

function leaseTimes(lease: LeaseRecord, now: Date) {
  const lastRenewal = lease.lastRenewalMs;
  return {
    expire_time: new Date(lease.expiresAtMs).toISOString(),
    id: lease.id,
    issue_time: new Date(lease.issuedAtMs).toISOString(),
    last_renewal: lastRenewal === undefined ? null : new Date(lastRenewal).toISOString(),
    renewable: lease.isRenewable,
    ttl: secondsUntil(lease.expiresAtMs, now),
  };
}

function list({ state, params }: ApiCall) {
  const prefix = params["prefix"] === undefined ? "" : `${params["prefix"].replace(/\/$/, "")}/`;
  return listOf(state.leases.namesBelow(prefix));
}

async function renew(call: ApiCall) {
  const { state, data, context } = call;
  const increment = incrementField(data) ?? 0;
  const lease = renewableLease(state, leaseId(call));
  if (lease.auth === undefined) return asUserError(() => renewSecret(state, lease, increment, context.request.signal));
  const token = state.tokens.byKey(lease.tokenKey ?? "");
  if (token === undefined) throw new UserError("lease not found");
  return asUserError(() => renewToken(state, token, { increment, request: context.request }));
}

async function revoke(call: ApiCall) {
  const { state, data } = call;
  const id = leaseId(call);
  if (booleanField(data, "sync") === false) {
    state.leases.expire(id);
    return statusOnly(202);
  }
  await asUserError(() => state.leases.revoke(id));
  return undefined;
}

async function revokePrefix(
  { state, params, data }: ApiCall,
  { isForced }: { readonly isForced: boolean } = { isForced: false },
) {
  const isWaiting = isForced || booleanField(data, "sync") !== false;
  for (const lease of leasesBelow(state, params["prefix"] ?? "")) {
    if (!isWaiting) state.leases.expire(lease.id);
    else if (isForced) await state.leases.revoke(lease.id).catch(() => state.leases.forget(lease.id));
    else await asUserError(() => state.leases.revoke(lease.id));
  }
  return isWaiting ? undefined : statusOnly(202);
}

/** Where it is no lease itself, a prefix ends with a part of the path: `creds/a` is not about `creds/ab`. */
function leasesBelow({ leases }: ApiCall["state"], prefix: string): LeaseRecord[] {
  const lease = leases.get(prefix);
  return lease === undefined ? leases.withPrefix(`${prefix.replace(/\/$/, "")}/`) : [lease];
}

function tidy(call: ApiCall) {
  const text =
    "Tidy operation successfully started. Any information from the operation will be printed to Vault's server logs.";
  return accepted(call, { warnings: [text] });
}
