import { createLimiter, type Limiter } from "./limiter.ts";
import { createPasswords, type Passwords } from "./password.ts";
import { createThrottle, type Throttle } from "./throttle.ts";

/**
 * What one mount keeps in memory. It is made once for each mount and never lives in a module: one process serves many
 * mounts, which must not see each other's.
 */
export interface MountMemory {
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  /** Lets one change of stored values happen at a time, since each reads, changes and writes back. */
  readonly changes: Limiter;
}

/** Makes the memory of a mount; tests bring their own clock and hashing. */
export function createMountMemory(parts: Partial<MountMemory> = {}): MountMemory {
  return {
    passwords: createPasswords(),
    throttle: createThrottle(),
    changes: createLimiter(1),
    ...parts,
  };
}
