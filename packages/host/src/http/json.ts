import { stringifyJson } from "@vaultwright/core/launch";

/** Writes JSON as hosts do: the keys of answers' data sorted, `<`, `>` and `&` escaped, a newline at the end. */
export function hostJson(value: unknown): string {
  const escaped = stringifyJson(value).replace(/[<>&\u2028\u2029]/g, escapeCharacter);
  return `${escaped}\n`;
}

/** Sorts the keys of objects at all depths. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
