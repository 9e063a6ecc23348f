import type { ReplicationState } from "@vaultwright/core/launch";

/** Whether the server has the part of the one node of a cluster that writes, or of one that only reads. */
export type NodeRole = "active" | "standby";

// Hosts: replication of both kinds is disabled; on a standby that serves reads the bit of a performance standby is set.
const disabled = 4096 + 8192;
const performanceStandby = 16_384;

/** Gives what plugins are told of the cluster by a node of this part. */
export function replicationStateOf(role: NodeRole): ReplicationState {
  const isPerformanceStandby = role === "standby";
  return {
    bits: isPerformanceStandby ? disabled + performanceStandby : 0,
    isPerformancePrimary: false,
    isPerformanceSecondary: false,
    isPerformanceStandby,
    isDrPrimary: false,
    isDrSecondary: false,
  };
}
