import { LogicalError, lifetimeWithin, UserError } from "@vaultwright/core/launch";
import { leaseTtlsOf } from "../mounts/mount-entry.ts";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import { mountMembers } from "../mounts/plugin-request.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import type { LeaseRecord } from "./lease.ts";

/** Finds a lease that can be renewed now; throws the host's word for why it can't. */
export function renewableLease(state: HostState, id: string): LeaseRecord {
  const lease = state.leases.get(id);
  if (lease === undefined) throw new UserError("lease not found");
  if (lease.expiresAtMs <= state.clock.now().getTime()) throw new UserError("lease expired");
  if (!lease.isRenewable) throw new UserError("lease is not renewable");
  return lease;
}

/** Finds the plugin's mount that a lease comes from, and the path within it. */
export function mountOfLease(state: HostState, lease: LeaseRecord): { mount: PluginMount; path: string } | undefined {
  const found = state.mounts.route(lease.path);
  const mount = found && state.mounts.pluginAt(found.mount.fullPath);
  return mount && { mount, path: lease.path.slice(mount.fullPath.length) };
}

/** Asks the plugin to renew a secret, and lets the lease live longer as it says. */
export async function renewSecret(
  state: HostState,
  lease: LeaseRecord,
  increment: number,
  signal: AbortSignal,
): Promise<HostResponse | undefined> {
  const source = mountOfLease(state, lease);
  if (source === undefined || lease.secret === undefined) throw new UserError("lease is not renewable");
  const { mount, path } = source;
  const issueTime = new Date(lease.issuedAtMs);
  const secret = { ...lease.secret, renewable: lease.isRenewable, increment, issueTime };
  const response = await askToRenew(() =>
    mount.send(
      {
        id: newUuid(),
        operation: "renew",
        path,
        ...(lease.data !== undefined && { data: lease.data }),
        secret,
        ...mountMembers(mount.entry),
      },
      signal,
    ),
  );
  if (response?.secret === undefined) return undefined;
  const renewed = response.secret;
  const now = state.clock.now();
  const { ttl, warnings } = lifetimeWithin(leaseTtlsOf(mount.entry), {
    increment,
    ttl: renewed.ttl,
    maxTtl: renewed.maxTtl,
    now,
    issued: issueTime,
  });
  const seconds = Math.round(ttl);
  const { data: _answered, ...kept } = lease;
  state.leases.save({
    ...kept,
    expiresAtMs: now.getTime() + seconds * 1000,
    lastRenewalMs: now.getTime(),
    isRenewable: renewed.renewable ?? false,
    secret: {
      ttl: seconds,
      maxTtl: renewed.maxTtl ?? 0,
      ...(renewed.internalData !== undefined && { internalData: renewed.internalData }),
    },
    ...(response.data !== undefined && { data: response.data }),
  });
  return {
    ...(response.data !== undefined && { data: response.data }),
    secret: { leaseId: lease.id, ttl: seconds, renewable: renewed.renewable ?? false },
    warnings: [...(response.warnings ?? []), ...warnings],
  };
}

/** A failure of the plugin gets the host's words before it; an answer that says what is wrong stays as it is. */
export async function askToRenew<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const error = LogicalError.from(cause);
    if (error.isResponse) throw error;
    throw new LogicalError("unknown", `failed to renew entry: ${error.message}`, { cause });
  }
}
