import type { MountEntry } from "../mounts/mount-entry.ts";
import type { HostState } from "../state.ts";

/** Finds the mount that tokens are made at, which is always there. */
export function tokenMountEntry({ mounts }: Pick<HostState, "mounts">): MountEntry {
  const mount = mounts.at("auth/token/");
  if (mount === undefined) throw new Error("the mount of tokens is missing");
  return mount.entry;
}
