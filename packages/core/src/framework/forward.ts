import { ReadOnlyStorage } from "../logical/errors.ts";
import type { SystemView } from "../logical/system-view.ts";

/** On which nodes an operation is sent on before its handler runs. */
export interface Forwarding {
  readonly forwardPerformanceStandby?: boolean;
  readonly forwardPerformanceSecondary?: boolean;
}

/** Throws where an operation asks to be sent on from a node such as this one. */
export async function checkForwarding(forwarding: Forwarding, system: SystemView): Promise<void> {
  const { forwardPerformanceStandby, forwardPerformanceSecondary } = forwarding;
  if (!forwardPerformanceStandby && !forwardPerformanceSecondary) return;
  const { isPerformanceStandby, isPerformanceSecondary } = await system.replicationState();
  if (forwardPerformanceStandby && isPerformanceStandby) throw new ReadOnlyStorage();
  if (forwardPerformanceSecondary && isPerformanceSecondary && !(await system.isLocalMount()))
    throw new ReadOnlyStorage();
}
