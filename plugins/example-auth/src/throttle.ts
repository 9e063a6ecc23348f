/** When failed logins lock a user, and for how long. Times are seconds. */
export interface Lockout {
  /** So many failures lock the user; zero switches locking off. */
  readonly threshold: number;
  readonly duration: number;
  /** A failure this long after the one before counts as the first again. */
  readonly counterReset: number;
}

/** Counts failed logins by user name. */
export interface Throttle {
  isLocked(name: string, lockout: Lockout): boolean;
  fail(name: string, lockout: Lockout): void;
  /** Forgets the failures of a user. */
  clear(name: string): void;
}

/** Options of a throttle. */
export interface ThrottleOptions {
  /** A clock in seconds, from any start; the default never jumps when the system's time is set. */
  readonly now?: () => number;
  /** So many users are remembered at most. */
  readonly capacity?: number;
}

/**
 * Makes the throttle of one mount. It lives in memory like the counters of the server's own methods: another node, or
 * this one after a restart, starts from zero.
 */
export function createThrottle({ now = monotonic, capacity = 10_000 }: ThrottleOptions = {}): Throttle {
  const failures = new Map<string, { readonly count: number; readonly last: number }>();

  return {
    isLocked(name, { threshold, duration }) {
      const found = failures.get(name);
      if (!found || threshold === 0 || found.count < threshold) return false;
      if (now() - found.last < duration) return true;
      failures.delete(name);
      return false;
    },

    fail(name, { counterReset }) {
      const before = failures.get(name);
      const continues = before !== undefined && now() - before.last < counterReset;
      // Deleted first, so that the map's order is the order of the last failures.
      failures.delete(name);
      failures.set(name, { count: continues ? before.count + 1 : 1, last: now() });
      const [oldest] = failures.keys();
      if (failures.size > capacity && oldest !== undefined) failures.delete(oldest);
    },

    clear(name) {
      failures.delete(name);
    },
  };
}

function monotonic(): number {
  return performance.now() / 1000;
}
