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
 * Tells the levels of memory. A level is the lowest of the samples in a third of the time: a runtime collects its old
 * garbage every six to eight minutes only, hashing a password takes memory for a moment, and what is held is in every
 * sample.
 */
export function levelsOf(
  samples: readonly Sample[],
  figure: "residentMb" | "anonymousMb",
  { seconds, settledAfterSeconds }: Moments,
): Levels {
  const span = seconds / 3;
  const lowestFrom = (first: number): number => {
    const during = samples.filter(({ second }) => second >= first && second <= first + span);
    return Math.min(...during.map((sample) => sample[figure]));
  };
  return {
    start: samples[0]?.[figure] ?? Number.NaN,
    settled: lowestFrom(settledAfterSeconds),
    end: lowestFrom(seconds - span),
  };
}

/** Puts levels into words. */
export function describeLevels({ start, settled, end }: Levels): string {
  return `${start.toFixed(1)} at first, ${settled.toFixed(1)} settled, ${end.toFixed(1)} MB at the end`;
}
