import type { ReplicationState } from "../logical/system-view.ts";

const performancePrimary = 32;
const performanceSecondary = 64;
const drPrimary = 256;
const drSecondary = 512;
const performanceStandby = 16_384;

/** Reads the host's bit mask. */
export function replicationStateFromWire(bits: number): ReplicationState {
  const has = (bit: number) => (bits & bit) !== 0;
  return {
    bits,
    isPerformancePrimary: has(performancePrimary),
    isPerformanceSecondary: has(performanceSecondary),
    isPerformanceStandby: has(performanceStandby),
    isDrPrimary: has(drPrimary),
    isDrSecondary: has(drSecondary),
  };
}

/** Gives the bit mask, in which the parts are already. */
export function replicationStateToWire({ bits }: ReplicationState): number {
  return bits;
}
