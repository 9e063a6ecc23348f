import type { ReplicationState, SystemView } from "../logical/system-view.ts";

/** What a node can be in replication, in the hosts' words. */
export type ReplicationFlag =
  | "performance-primary"
  | "performance-secondary"
  | "old-split-brain"
  | "dr-primary"
  | "dr-secondary"
  | "performance-bootstrapping"
  | "dr-bootstrapping"
  | "performance-disabled"
  | "dr-disabled"
  | "performance-standby";

const bitOf: Readonly<Record<ReplicationFlag, number>> = {
  "performance-primary": 1 << 5,
  "performance-secondary": 1 << 6,
  "old-split-brain": 1 << 7,
  "dr-primary": 1 << 8,
  "dr-secondary": 1 << 9,
  "performance-bootstrapping": 1 << 10,
  "dr-bootstrapping": 1 << 11,
  "performance-disabled": 1 << 12,
  "dr-disabled": 1 << 13,
  "performance-standby": 1 << 14,
};

/** Whether any of these is true of a node. */
export function hasReplicationState({ bits }: ReplicationState, ...flags: readonly ReplicationFlag[]): boolean {
  return flags.some((flag) => (bits & bitOf[flag]) !== 0);
}

/** Whether this node may write to the mount's storage: a standby, and a secondary of a mount that is not local, may not. */
export async function isWriteSafe(system: SystemView): Promise<boolean> {
  const state = await system.replicationState();
  if (hasReplicationState(state, "dr-secondary", "performance-standby")) return false;
  return !hasReplicationState(state, "performance-secondary") || system.isLocalMount();
}
