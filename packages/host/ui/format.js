/**
 * Writes a duration as hosts do, with its two largest units: `2h 5m`.
 *
 * @param {number} seconds
 * @returns {string}
 */
export function duration(seconds) {
  const parts = units
    .map(([unit, size], index) => {
      const larger = units[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
      return /** @type {const} */ ([Math.floor((seconds % larger) / size), unit]);
    })
    .filter(([count]) => count > 0);
  if (parts.length === 0) return "0s";
  return parts
    .slice(0, 2)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");
}

/** @type {readonly (readonly [unit: string, seconds: number])[]} */
const units = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
];

/**
 * Writes a time of day to the millisecond.
 *
 * @param {number} timeMs
 * @returns {string}
 */
export function timeOfDay(timeMs) {
  const time = new Date(timeMs);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return `${clock}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

/**
 * Writes how long something took.
 *
 * @param {number} ms
 * @returns {string}
 */
export function milliseconds(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Writes a size.
 *
 * @param {number} bytes
 * @returns {string}
 */
export function size(bytes) {
  return bytes < 10_000 ? `${bytes} B` : `${(bytes / 1000).toFixed(0)} kB`;
}
