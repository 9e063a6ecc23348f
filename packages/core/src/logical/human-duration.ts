/**
 * Writes seconds as hosts do in warnings: the text of Go's durations, without the zero minutes and seconds that Go puts
 * behind a larger unit, so `1h` and not `1h0m0s`.
 */
export function humanDuration(seconds: number): string {
  if (seconds < 0) return `-${humanDuration(-seconds)}`;
  if (seconds > 0 && seconds < 1) return partOfSecond(Math.round(seconds * 1e9));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Number((seconds % 60).toFixed(9));
  const text = `${hours > 0 ? `${hours}h` : ""}${minutes > 0 ? `${minutes}m` : ""}${rest > 0 ? `${rest}s` : ""}`;
  return text === "" ? "0s" : text;
}

/** Go goes down to the unit in which the number is at least one. */
function partOfSecond(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${nanoseconds / 1e3}µs`;
  return `${nanoseconds / 1e6}ms`;
}
