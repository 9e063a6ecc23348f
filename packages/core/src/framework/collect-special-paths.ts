import type { SpecialPaths } from "../logical/special-paths.ts";
import type { Path } from "./path.ts";

/** Something stored under a key, or under a prefix that ends in a slash. */
export interface Stored {
  readonly key: string;
  readonly sealWrap: boolean;
  readonly local: boolean;
}

/** Gathers what the host must know of a plugin's paths and storage. */
export function collectSpecialPaths(plugin: {
  readonly paths: readonly Path[];
  readonly stored?: readonly Stored[];
  readonly specialPaths?: SpecialPaths;
}): SpecialPaths {
  const { paths, stored = [], specialPaths = {} } = plugin;
  return {
    ...specialPaths,
    root: joined(
      specialPaths.root,
      paths.flatMap((path) => path.root),
    ),
    unauthenticated: joined(
      specialPaths.unauthenticated,
      paths.flatMap((path) => path.unauthenticated),
    ),
    localStorage: joined(specialPaths.localStorage, keys(stored.filter((each) => each.local))),
    sealWrapStorage: joined(specialPaths.sealWrapStorage, keys(stored.filter((each) => each.sealWrap))),
  };
}

function keys(stored: readonly Stored[]): readonly string[] {
  return stored.map((each) => each.key);
}

/**
 * Joins entries. An exact entry within a prefix entry is left out: hosts look at the longest entry only, so `a/b` beside
 * `a/*` would make the path `a/bc` an ordinary one.
 */
function joined(given: readonly string[] = [], derived: readonly string[]): readonly string[] {
  const all = [...new Set([...given, ...derived])];
  const prefixes = all
    .filter((entry) => entry.endsWith("*") && !entry.includes("+"))
    .map((entry) => entry.slice(0, -1));
  return all.filter((entry) => entry.endsWith("*") || !prefixes.some((prefix) => entry.startsWith(prefix)));
}
