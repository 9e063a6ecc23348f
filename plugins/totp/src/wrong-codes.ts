import { createHash } from "node:crypto";

/** Options of {@link createWrongCodes}. */
export interface WrongCodesOptions {
  /** How many are remembered at most; a quarter of a million need some 50 MB. */
  readonly capacity?: number;
}

/** The wrong codes that one mount was given lately. */
export interface WrongCodes {
  /** How many are remembered. */
  readonly size: number;
  has(key: string, code: string, time: number): boolean;
  /** Remembers a code from a time to another. */
  add(key: string, code: string, time: number, until: number): void;
}

/** More than comes in at once, so that what is over leaves, and few enough that nobody waits for it. */
const mostForgotten = 2;

/**
 * Makes a memory of wrong codes, which are not stored: whoever guesses codes must not fill the storage. It only spares
 * them a second look, so the oldest make room for newer ones.
 */
export function createWrongCodes({ capacity = 250_000 }: WrongCodesOptions = {}): WrongCodes {
  const codes = new Map<string, number>();
  return {
    get size() {
      return codes.size;
    },
    has: (key, code, time) => (codes.get(idOf(key, code)) ?? 0) > time,
    add(key, code, time, until) {
      const id = idOf(key, code);
      // Out and in again, since a map keeps the place of a name that it knows.
      codes.delete(id);
      codes.set(id, until);
      let most = mostForgotten;
      for (const [oldest, end] of codes) {
        if (most === 0 || (end > time && codes.size <= capacity)) break;
        codes.delete(oldest);
        most -= 1;
      }
    },
  };
}

/**
 * A hash has the same size whatever was submitted; half of it is enough to tell codes apart. A name cannot contain a
 * line feed.
 */
function idOf(key: string, code: string): string {
  return createHash("sha256").update(`${key}\n${code}`).digest().toString("latin1", 0, 16);
}
