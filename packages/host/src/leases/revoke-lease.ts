import { LogicalError } from "@vaultwright/core/launch";
import { mountMembers } from "../mounts/plugin-request.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import type { LeaseRecord } from "./lease.ts";
import { mountOfLease } from "./renew-lease.ts";

const longestMs = 90_000;

/** Tells the plugin that a lease is over; the end of a token's lease is the end of the token. */
export async function revokeLease(state: HostState, lease: LeaseRecord): Promise<void> {
  if (lease.auth !== undefined) {
    const token = state.tokens.byKey(lease.tokenKey ?? "");
    if (token !== undefined) state.tokenRevocation.revokeTree(token);
    return;
  }
  const source = mountOfLease(state, lease);
  if (source === undefined || lease.secret === undefined)
    throw new LogicalError("unknown", "failed to revoke entry: there is no mount for the lease");
  const { mount, path } = source;
  await mount.send(
    {
      id: newUuid(),
      operation: "revoke",
      path,
      ...(lease.data !== undefined && { data: lease.data }),
      secret: { ...lease.secret, renewable: lease.isRenewable, issueTime: new Date(lease.issuedAtMs) },
      ...mountMembers(mount.entry),
    },
    AbortSignal.timeout(longestMs),
  );
}
