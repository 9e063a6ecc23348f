/** A rule's path, made ready to be matched against request paths. */
export interface PathPattern {
  readonly path: string;
  readonly kind: "exact" | "prefix" | "segments";
}

/** Says what kind of path a rule has: exact, a prefix with `*` at its end, or with `+` for whole segments. */
export function pathPattern(path: string): PathPattern {
  if (path === "+" || path.startsWith("+/") || path.includes("/+")) return { path, kind: "segments" };
  return { path, kind: path.endsWith("*") ? "prefix" : "exact" };
}

/** Says whether a pattern with a wildcard matches a path. */
export function matchesPattern(pattern: PathPattern, path: string): boolean {
  if (pattern.kind === "exact") return pattern.path === path;
  if (pattern.kind === "prefix") return path.startsWith(pattern.path.slice(0, -1));
  const isPrefix = pattern.path.endsWith("*");
  const wanted = (isPrefix ? pattern.path.slice(0, -1) : pattern.path).split("/");
  const given = path.split("/");
  if (given.length < wanted.length || (!isPrefix && given.length !== wanted.length)) return false;
  return wanted.every((part, index) => {
    const actual = given[index] ?? "";
    if (part === "+" || part === actual) return true;
    return isPrefix && index === wanted.length - 1 && actual.startsWith(part);
  });
}

/**
 * Says whether some path below a mount can match the pattern. `mount` ends in a slash; what lies beyond the mount's
 * own segments is left open.
 */
export function reachesBelow(pattern: PathPattern, mount: string): boolean {
  if (pattern.kind !== "segments") {
    const fixed = pattern.kind === "prefix" ? pattern.path.slice(0, -1) : pattern.path;
    return fixed.startsWith(mount) || (pattern.kind === "prefix" && mount.startsWith(fixed));
  }
  const isPrefix = pattern.path.endsWith("*");
  const wanted = (isPrefix ? pattern.path.slice(0, -1) : pattern.path).split("/");
  const given = mount.split("/").slice(0, -1);
  return given.every((actual, index) => {
    const part = wanted[index];
    if (part === undefined) return isPrefix;
    if (part === "+" || part === actual) return true;
    return isPrefix && index === wanted.length - 1 && actual.startsWith(part);
  });
}

/**
 * Orders patterns that match the same path, the most specific first: a later first wildcard, then no `*` at the end, then
 * fewer `+`, then the longer, then the greater text.
 */
export function compareSpecificity(a: PathPattern, b: PathPattern): number {
  const [left, right] = [specificity(a), specificity(b)];
  for (const [index, value] of left.entries()) {
    const difference = (right[index] ?? 0) - value;
    if (difference !== 0) return difference;
  }
  return a.path < b.path ? 1 : -1;
}

function specificity({ path, kind }: PathPattern): number[] {
  const isPrefix = path.endsWith("*");
  const bare = isPrefix ? path.slice(0, -1) : path;
  const firstWildcard = kind === "segments" ? path.indexOf("+") : bare.length;
  const wildcards = kind === "segments" ? bare.split("/").filter((part) => part === "+").length : 0;
  return [firstWildcard, isPrefix ? 0 : 1, -wildcards, bare.length];
}
