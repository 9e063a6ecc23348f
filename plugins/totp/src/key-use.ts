import { type Entries, entries } from "@vaultwright/core";

/** What happened lately with the codes of a key. */
export interface KeyUse {
  /** The right codes, which count once. */
  readonly accepted: readonly AcceptedCode[];
  readonly wrong?: WrongCount;
}

/** A code that was accepted. */
export interface AcceptedCode {
  readonly code: string;
  /** When it can be forgotten, in seconds since 1970. */
  readonly expires: number;
}

/** Wrong codes in a row. They are counted for keys with a limit only. */
export interface WrongCount {
  readonly count: number;
  /** When they no longer count, in seconds since 1970. */
  readonly expires: number;
}

/**
 * What is stored of the use of each key, by its name. It is kept apart from the key, so that a key that is made again
 * does not free its codes.
 */
export const keyUses: Entries<KeyUse> = entries<KeyUse>("used/");

/** What counts of it at a moment. */
export function useAt(use: KeyUse | undefined, time: number): KeyUse {
  const accepted = use?.accepted.filter(({ expires }) => expires > time) ?? [];
  return use?.wrong && use.wrong.expires > time ? { accepted, wrong: use.wrong } : { accepted };
}
