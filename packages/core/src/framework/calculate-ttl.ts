import { type CalculatedTtl, lifetimeWithin, type TtlWishes, usesDefaultTtl } from "../logical/lifetime.ts";
import type { SystemView } from "../logical/system-view.ts";

/**
 * Decides a lifetime by the limits of the mount, as the host will do with what a login, an issue or a renewal gives it.
 * Handlers need it only where they must know the outcome, since the host does the same again.
 */
export async function calculateTtl(
  system: Pick<SystemView, "defaultLeaseTtl" | "maxLeaseTtl">,
  wishes: TtlWishes = {},
): Promise<CalculatedTtl> {
  const maxLeaseTtl = await system.maxLeaseTtl();
  // The host is asked only for what counts.
  const defaultLeaseTtl = usesDefaultTtl(wishes) ? await system.defaultLeaseTtl() : 0;
  return lifetimeWithin({ defaultLeaseTtl, maxLeaseTtl }, wishes);
}
