import type { Secret } from "./secret.ts";
import type { Settings } from "./settings.ts";

/** When a version that is made, or made readable again, at this time is deleted by itself; nothing for never. */
export function deletionTime(now: number, mount: Settings, secret: Secret): number | undefined {
  const lifetime = lifetimeOf(mount, secret);
  return lifetime === 0 ? undefined : now + lifetime * 1000;
}

/** How many seconds a version lives; 0 for ever. The shorter life holds, unless the mount turns it off for all. */
export function lifetimeOf(
  { deleteVersionAfter: mount }: Pick<Settings, "deleteVersionAfter">,
  { deleteVersionAfter: own }: Pick<Secret, "deleteVersionAfter">,
): number {
  if (mount < 0) return 0;
  const lifetimes = [mount, own].filter((seconds) => seconds > 0);
  return lifetimes.length === 0 ? 0 : Math.min(...lifetimes);
}
