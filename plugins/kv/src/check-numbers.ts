import { UserError } from "@vaultwright/core";

/**
 * Refuses a value with a number that no double holds: servers cannot read it in an answer, so what was accepted would never
 * be seen again.
 */
export function checkNumbers(value: unknown): void {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "object" && next !== null) for (const member of Object.values(next)) waiting.push(member);
    const isNumber = typeof next === "number" || typeof next === "bigint";
    if (isNumber && !Number.isFinite(Number(next))) throw new UserError("data holds a number that is too large");
  }
}
