import { createLocks, type Host, type Locks, type TokenParameterSet, tokenParameters } from "@vaultwright/core";
import { createPasswords, type Passwords } from "./password.ts";
import { createRecentSecret, type RecentSecret } from "./recent-secret.ts";
import { createThrottle, type Throttle } from "./throttle.ts";

/**
 * What one mount has of its own in memory. It is made once for each mount and never lives in a module: one process serves many
 * mounts, which must not see each other's.
 */
export interface MountMemory {
  /** The `token_*` parameters that users have on this mount's host. */
  readonly parameters: TokenParameterSet;
  readonly passwords: Passwords;
  readonly recentSecret: RecentSecret;
  readonly throttle: Throttle;
  /** Lets one change of a stored value happen at a time, since each reads, changes and writes back. */
  readonly changes: Locks;
}

/** Makes the memory of a mount; tests bring their own clock and hashing. */
export function createMountMemory(host: Host, parts: Partial<MountMemory> = {}): MountMemory {
  return {
    parameters: tokenParameters(host),
    passwords: createPasswords(),
    recentSecret: createRecentSecret(),
    throttle: createThrottle(),
    changes: createLocks(),
    ...parts,
  };
}
