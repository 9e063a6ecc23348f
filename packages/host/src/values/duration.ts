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
