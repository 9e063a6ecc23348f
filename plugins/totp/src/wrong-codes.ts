import { createHash } from "node:crypto";

/** Options of {@link createWrongCodes}. */
export interface WrongCodesOptions {
  /** How many are remembered at most; a quarter of a million need some 50 MB. */
  readonly capacity?: number;
}

/** The wrong codes that one mount was given lately. */
export interface WrongCodes {
  has(key: string, code: string, time: number): boolean;
  /** Remembers a code up to the time when it is forgotten. */
  add(key: string, code: string, until: number): void;
}

/**
 * Makes a memory of wrong codes, which are not stored: whoever guesses codes must not fill the storage. It only spares
 * them a second look, so the oldest make room for newer ones.
 */
export function createWrongCodes({ capacity = 250_000 }: WrongCodesOptions = {}): WrongCodes {
  const codes = new Map<string, number>();
  return {
    has: (key, code, time) => (codes.get(idOf(key, code)) ?? 0) > time,
    add(key, code, until) {
      const id = idOf(key, code);
      // Out and in again, since a map keeps the place of a name that it knows.
      codes.delete(id);
      codes.set(id, until);
      const [oldest] = codes.keys();
      if (codes.size > capacity && oldest !== undefined) codes.delete(oldest);
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
