import { LogicalError } from "@vaultwright/core/launch";
import type { LeaseRecord } from "../leases/lease.ts";
import type { HostState } from "../state.ts";
import { textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

const countFields = { include_child_namespaces: "boolean", type: "string" } as const;

/** The paths of the leases that the host gave up revoking. */
export const irrevocableLeaseRoutes: readonly ApiRoute[] = [
  route("leases", "List the leases that could not be revoked.", { read: list }, { ...countFields, limit: "string" }),
  route("leases/count", "Count the leases that could not be revoked.", { read: count }, countFields),
];

const most = 10_000;

/** Hosts know these leases as the only type that can be asked for. */
function irrevocable({ state, data }: ApiCall): LeaseRecord[] | undefined {
  if (textField(data, "type") !== "irrevocable") return undefined;
  return state.leases.withPrefix("").filter((lease) => lease.irrevocable !== undefined);
}

function count(call: ApiCall) {
  const leases = irrevocable(call);
  if (leases === undefined) return undefined;
  const counts: Record<string, number> = {};
  for (const lease of leases) {
    const accessor = accessorOf(call.state, lease);
    counts[accessor] = (counts[accessor] ?? 0) + 1;
  }
  return { data: { counts, lease_count: leases.length } };
}

function list(call: ApiCall) {
  const leases = irrevocable(call);
  if (leases === undefined) return undefined;
  const shown = leases.slice(0, limitOf(textField(call.data, "limit"))).map((lease) => ({
    error: lease.irrevocable,
    lease_id: lease.id,
    mount_id: accessorOf(call.state, lease),
  }));
  return { data: { lease_count: leases.length, leases: shown } };
}

function limitOf(text: string): number {
  if (text === "") return most;
  if (text === "none") return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  const problem = Number.isInteger(limit) ? "must be 'none' or > 0" : `parsing ${JSON.stringify(text)}: invalid syntax`;
  throw new LogicalError(
    "unknown",
    Number.isInteger(limit)
      ? `invalid 'limit' provided: ${limit}, ${problem}`
      : `invalid 'limit' provided: strconv.Atoi: ${problem}`,
  );
}

function accessorOf({ mounts }: HostState, lease: LeaseRecord): string {
  return mounts.route(lease.path)?.mount.entry.accessor ?? "mount-accessor-not-found";
}
