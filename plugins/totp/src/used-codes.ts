import { createHash } from "node:crypto";

/** Options of {@link createUsedCodes}. */
export interface UsedCodesOptions {
  /** The time in seconds. */
  readonly now: () => number;
  /** How many right codes are remembered at most; half a million need some 100 MB. */
  readonly rightCapacity?: number;
  readonly wrongCapacity?: number;
}

/** A submission of a code. */
export interface Submission {
  readonly key: string;
  readonly code: string;
  readonly isValid: boolean;
  /** How long it is remembered, in seconds. */
  readonly lifetime: number;
}

/** The codes that were submitted lately on one mount. */
export interface UsedCodes {
  /** Remembers a submission; says no when the same code was submitted before, and "full" when there is no room. */
  claim(submission: Submission): "claimed" | "used" | "full";
}

/** Seconds between two sweeps, and between two while there is no room: looking at all codes takes a while. */
const sweepInterval = 60;
const fullSweepInterval = 1;

/**
 * Makes a memory of submitted codes. Looking and remembering are one synchronous step, so of two submissions at the same
 * moment only one can succeed.
 *
 * Wrong codes make room for newer ones. Right ones do not, since whoever could push them out could use them again.
 */
export function createUsedCodes(options: UsedCodesOptions): UsedCodes {
  const { now, rightCapacity = 500_000, wrongCapacity = 250_000 } = options;
  const right = new Map<string, number>();
  const wrong = new Map<string, number>();
  let lastSweep = Number.NEGATIVE_INFINITY;

  function sweep(time: number, interval: number): void {
    // The absolute value, because a clock that was set back must not put sweeping off until it has caught up.
    if (Math.abs(time - lastSweep) < interval) return;
    for (const codes of [right, wrong]) for (const [id, expiry] of codes) if (expiry <= time) codes.delete(id);
    lastSweep = time;
  }

  function isRemembered(id: string, time: number): boolean {
    return (right.get(id) ?? 0) > time || (wrong.get(id) ?? 0) > time;
  }

  return {
    claim({ key, code, isValid, lifetime }) {
      const time = now();
      const id = idOf(key, code);
      sweep(time, sweepInterval);
      if (isRemembered(id, time)) return "used";
      if (isValid && right.size >= rightCapacity) sweep(time, fullSweepInterval);
      if (isValid && right.size >= rightCapacity) return "full";
      const [oldest] = wrong.keys();
      if (!isValid && wrong.size >= wrongCapacity && oldest !== undefined) wrong.delete(oldest);
      (isValid ? right : wrong).set(id, time + lifetime);
      return "claimed";
    },
  };
}

/**
 * A hash has the same size whatever was submitted, and leaves no code in memory; half of it is enough to tell codes
 * apart. A name cannot contain a line feed.
 */
function idOf(key: string, code: string): string {
  return createHash("sha256").update(`${key}\n${code}`).digest().toString("latin1", 0, 16);
}
