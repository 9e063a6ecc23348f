import { LogicalError } from "@vaultwright/core/launch";
import type { HostState } from "../state.ts";
import type { PluginMount } from "./plugin-mount.ts";

/** Ends all leases and tokens of a mount, one after the other; throws at the first that cannot be ended. */
export async function revokeLeasesOf({ leases }: HostState, mount: PluginMount): Promise<void> {
  for (const lease of leases.withPrefix(mount.fullPath)) {
    try {
      await leases.revoke(lease.id);
    } catch (cause) {
      const problem = LogicalError.from(cause).message;
      throw new LogicalError("unknown", `failed to revoke ${JSON.stringify(lease.id)}: ${problem}`, { cause });
    }
  }
}
