import { createHash } from "node:crypto";

/** Options of {@link createUsedCodes}. */
export interface UsedCodesOptions {
  /** The time in seconds. */
  readonly now: () => number;
  /** How many right codes are remembered at most, and how many wrong ones. */
  readonly capacity?: number;
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

const sweepInterval = 60;

/**
 * Makes a memory of submitted codes. Looking and remembering are one synchronous step, so of two submissions at the same
 * moment only one can succeed.
 *
 * Wrong codes make room for newer ones. Right ones do not, since whoever could push them out could use them again.
 */
export function createUsedCodes({ now, capacity = 250_000 }: UsedCodesOptions): UsedCodes {
  const right = new Map<string, number>();
  const wrong = new Map<string, number>();
  let nextSweep = 0;

  function sweep(time: number): void {
    for (const codes of [right, wrong]) for (const [id, expiry] of codes) if (expiry <= time) codes.delete(id);
    nextSweep = time + sweepInterval;
  }

  function isRemembered(id: string, time: number): boolean {
    return (right.get(id) ?? 0) > time || (wrong.get(id) ?? 0) > time;
  }

  return {
    claim({ key, code, isValid, lifetime }) {
      const time = now();
      const id = idOf(key, code);
      if (time >= nextSweep) sweep(time);
      if (isRemembered(id, time)) return "used";
      const codes = isValid ? right : wrong;
      if (isValid && codes.size >= capacity) return "full";
      const [oldest] = codes.keys();
      if (codes.size >= capacity && oldest !== undefined) codes.delete(oldest);
      codes.set(id, time + lifetime);
      return "claimed";
    },
  };
}

/** A hash has the same size whatever was submitted, and leaves no code in memory. A name cannot contain a line feed. */
function idOf(key: string, code: string): string {
  return createHash("sha256").update(`${key}\n${code}`).digest("base64");
}
