import type { Secret } from "./secret.ts";
import type { Settings } from "./settings.ts";

/** When a version that is made, or made readable again, at this time is deleted by itself; nothing for never. */
export function deletionTime(
  now: number,
  { deleteVersionAfter: mount }: Settings,
  { deleteVersionAfter: own }: Secret,
): number | undefined {
  if (mount < 0) return undefined;
  const lifetimes = [mount, own].filter((seconds) => seconds > 0);
  return lifetimes.length === 0 ? undefined : now + Math.min(...lifetimes) * 1000;
}
