import { isContinuousIntegration } from "./go.ts";

/**
 * The seed of a test with random values: what the environment names, and in CI always the same, so that a change is judged
 * by what it changes. Everywhere else it is new each time, and printed.
 */
export function seedFrom(variable: string): number {
  const given = process.env[variable];
  if (given !== undefined) return Number(given);
  return isContinuousIntegration ? 20_004 : Date.now() % 2 ** 31;
}
