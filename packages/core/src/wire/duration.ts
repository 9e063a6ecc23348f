const perSecond = 1_000_000_000n;

// Go's durations end after 292 years.
const longest = 2n ** 63n - 1n;

/** Gives seconds as the nanoseconds of Go's durations; what is longer than these reach becomes the longest. */
export function durationToWire(seconds: number | undefined): bigint {
  if (!seconds) {
    if (Number.isNaN(seconds)) throw new RangeError("a duration is not a number");
    return 0n;
  }
  if (Math.abs(seconds) >= 9_223_372_036) return seconds < 0 ? -longest : longest;
  const whole = Math.trunc(seconds);
  return BigInt(whole) * perSecond + BigInt(Math.round((seconds - whole) * Number(perSecond)));
}

/** Gives nanoseconds as seconds; whole seconds are exact whatever their number. */
export function durationFromWire(nanoseconds: bigint): number {
  return Number(nanoseconds / perSecond) + Number(nanoseconds % perSecond) / Number(perSecond);
}
