/** Keeps a number of versions as the engine in Go does, in 32 bits without a sign, so that -1 is no limit at all. */
export function unsigned(number: number): number {
  return number >>> 0;
}
