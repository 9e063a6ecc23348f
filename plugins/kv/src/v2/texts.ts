/** Writes a time as hosts do: RFC 3339 without zeros at the end of a fraction; nothing is empty. */
export function timeText(time: number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString().replace(/\.?0+Z$/, "Z");
}

/** Writes seconds as Go writes durations, for instance `3h25m19s` and `48h0m0s`. */
export function durationText(seconds: number): string {
  if (seconds < 0) return `-${durationText(-seconds)}`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const shownHours = hours > 0 ? `${hours}h` : "";
  const shownMinutes = hours > 0 || minutes > 0 ? `${minutes}m` : "";
  return `${shownHours}${shownMinutes}${seconds % 60}s`;
}
