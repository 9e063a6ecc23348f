import { escapePattern } from "./escape-pattern.ts";

/** Says whether a text matches one of the patterns, in which `*` stands for anything. */
export function matchesGlob(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map(escapePattern).join(".*");
    return new RegExp(`^${source}$`, "s").test(text);
  });
}
