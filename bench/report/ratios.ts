import type { ContestantName } from "../contestants.ts";
import type { Rounds, Slot } from "../rounds.ts";
import { medianOf, type Spread, spreadOf } from "../statistics.ts";

/** The figures that contestants are compared by. */
export const figures = ["requestsPerSecond", "p50", "p99", "plugin", "server"] as const;

/** A figure that contestants are compared by. */
export type Figure = (typeof figures)[number];

/** Gives a figure of one contestant in proportion to another's, round by round; absent where one did not take part. */
export function ratioOf(rounds: Rounds, figure: Figure, name: ContestantName, to: ContestantName): Spread | undefined {
  const theirs = rounds[to] ?? [];
  const pairs = (rounds[name] ?? []).flatMap((slot, round) => {
    const other = theirs[round];
    return other === undefined ? [] : [slot[figure] / other[figure]];
  });
  return pairs.length === 0 ? undefined : spreadOf(pairs);
}

/** Gives the median of a figure over the rounds. */
export function middleOf(slots: readonly Slot[], figure: Figure): number {
  return medianOf(slots.map((slot) => slot[figure]));
}
