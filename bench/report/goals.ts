import type { Figure } from "./ratios.ts";

/** What ours is to reach in proportion to Go's: at least so much throughput, at most so much of everything else. */
export function goalOf(figure: Figure, operation: string, connections: number): number | undefined {
  const isRead = operation === "kv2-read" || operation === "kv1-read";
  if (figure === "requestsPerSecond" && connections > 1) return throughputGoal(operation, isRead);
  if (figure === "p50" && connections === 1) return isRead ? 0.5 : 0.8;
  if (figure === "p99") return 1;
  if (figure === "plugin") return operation === "totp-key" ? 0.2 : 0.5;
  return undefined;
}

/** Whether a ratio reaches its goal. */
export function isReached(figure: Figure, ratio: number, goal: number): boolean {
  return figure === "requestsPerSecond" ? ratio >= goal : ratio <= goal;
}

function throughputGoal(operation: string, isRead: boolean): number {
  if (operation === "login") return 1;
  return isRead ? 2 : 1.3;
}
