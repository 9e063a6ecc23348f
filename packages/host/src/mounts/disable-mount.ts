import type { HostState } from "../state.ts";
import type { PluginMount } from "./plugin-mount.ts";
import { revokeLeasesOf } from "./revoke-leases.ts";
import { rollBack } from "./rollback.ts";

/**
 * Disables a mount: a last rollback, the end of all its leases and tokens, the clean-up, and the end of its storage. When
 * a lease cannot be revoked the mount stays, marked, so that it can be tried again.
 */
export async function disableMount(state: HostState, mount: PluginMount): Promise<void> {
  const { isTainted: _before, ...entry } = mount.entry;
  state.mounts.update(mount, { ...entry, isTainted: true });
  await rollBack(mount);
  await revokeLeasesOf(state, mount);
  await mount.close();
  state.mounts.remove(mount);
  state.quotas.moveMount(mount.fullPath, undefined);
}
