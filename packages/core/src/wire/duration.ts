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
  if (whole === 0) return BigInt(Math.round(seconds * Number(perSecond)));
  // The digits that a number is written with are those that its author meant; its own parts of a second are not exact.
  const [, fraction = ""] = String(Math.abs(seconds)).split(".");
  const parts = BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  return BigInt(whole) * perSecond + (seconds < 0 ? -parts : parts);
}

/** Gives nanoseconds as seconds; whole seconds and their thousandths are exact whatever their number. */
export function durationFromWire(nanoseconds: bigint): number {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const seconds = Number(`${size / perSecond}.${String(size % perSecond).padStart(9, "0")}`);
  return nanoseconds < 0n ? -seconds : seconds;
}
