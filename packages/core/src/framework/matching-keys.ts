import { matchesGlob } from "./glob.ts";

/** Keeps the keys that fit a pattern in which `*` stands for any text; without a pattern, all. */
export function matchingKeys(keys: readonly string[], pattern = ""): readonly string[] {
  return pattern === "" ? keys : keys.filter((key) => matchesGlob(pattern, key));
}
