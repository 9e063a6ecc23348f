import type { HostState } from "../state.ts";
import type { MountEntry } from "./mount-entry.ts";
import type { PluginMount } from "./plugin-mount.ts";
import { revokeLeasesOf } from "./revoke-leases.ts";
import { rollBack } from "./rollback.ts";

/**
 * Moves a mount to another path: a last rollback, the end of all its leases and tokens, and then the new path. When a
 * lease cannot be revoked the mount stays where it is, marked, so that it can be tried again.
 */
export async function moveMount(state: HostState, mount: PluginMount, path: string): Promise<void> {
  const { isTainted: _before, ...entry } = mount.entry;
  state.mounts.update(mount, { ...entry, isTainted: true });
  try {
    await rollBack(mount);
  } catch (error) {
    // What is half done stays so, and the next rollback at the new path tries again.
    state.log.error("rollback failed", { path: mount.fullPath, error });
  }
  await revokeLeasesOf(state, mount);
  const moved: MountEntry = { ...entry, path };
  const from = mount.fullPath;
  state.mounts.move(mount, moved);
  state.quotas.moveMount(from, mount.fullPath);
}
