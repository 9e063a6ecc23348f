import type { Size } from "./size.ts";

/** The size of a process so many seconds after the load began. */
export interface Sample extends Size {
  readonly second: number;
}

/** The level of one figure at three moments. */
export interface Levels {
  readonly start: number;
  readonly settled: number;
  readonly end: number;
}

/** Which moments of a load are compared. */
export interface Moments {
  readonly seconds: number;
  /** After so long a process has its size. */
  readonly settledAfterSeconds: number;
}

/**
 * Tells the levels of memory. A level is the lowest of the samples around its moment: what comes and goes, like garbage
 * or the memory of a password's hashing, is not held, and what is held is in every sample.
 */
export function levelsOf(
  samples: readonly Sample[],
  figure: "residentMb" | "anonymousMb",
  { seconds, settledAfterSeconds }: Moments,
): Levels {
  const around = (moment: number): number => {
    const near = samples.filter(({ second }) => Math.abs(second - moment) <= Math.max(2, seconds / 60));
    return Math.min(...near.map((sample) => sample[figure]));
  };
  return { start: around(0), settled: around(settledAfterSeconds), end: around(samples.at(-1)?.second ?? seconds) };
}

/** Puts levels into words. */
export function describeLevels({ start, settled, end }: Levels): string {
  return `${start.toFixed(1)} at first, ${settled.toFixed(1)} settled, ${end.toFixed(1)} MB at the end`;
}
