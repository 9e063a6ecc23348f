import { UserError } from "@vaultwright/core/launch";

const secondsOfUnit: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Reads a lifetime as clients write it: a number of seconds, digits, Go's duration text, or days as `7d`. */
export function parseDuration(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return Math.trunc(value);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") throw new UserError("could not parse duration");
  const text = value.trim();
  if (text === "") return 0;
  if (/^-?\d+$/.test(text)) return Number(text);
  const days = /^(-?\d+)d$/.exec(text);
  if (days !== null) return Number(days[1]) * 86_400;
  return parseGoDuration(text);
}

function parseGoDuration(text: string): number {
  const signed = /^([-+]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
  if (signed === null) throw new UserError(`time: invalid duration ${JSON.stringify(text)}`);
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    seconds += Number(amount) * (secondsOfUnit[unit ?? ""] ?? 0);
  return signed[1] === "-" ? -seconds : seconds;
}

/** Writes a duration as hosts do in warnings: Go's text without its zero parts, `1h` instead of `1h0m0s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds > 0 && seconds < 1) return `${trimmed(seconds * 1000, 6)}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const parts = [
    hours > 0 ? `${hours}h` : "",
    minutes > 0 ? `${minutes}m` : "",
    rest > 0 ? `${trimmed(rest, 9)}s` : "",
  ].join("");
  return parts === "" ? "0s" : parts;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
