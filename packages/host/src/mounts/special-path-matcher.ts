import { UserError } from "@vaultwright/core/launch";

/** Matches request paths within a mount against a list of special paths. */
export type PathMatcher = (path: string) => boolean;

/**
 * Makes the matcher of a list: exact entries, and prefixes with `*` at their end. The longest entry that the path starts
 * with decides, so that a longer exact entry hides a shorter prefix.
 */
export function prefixMatcher(entries: readonly string[] = []): PathMatcher {
  const parsed = entries.map((entry) =>
    entry.endsWith("*") ? { text: entry.slice(0, -1), isPrefix: true } : { text: entry, isPrefix: false },
  );
  parsed.sort((a, b) => b.text.length - a.text.length);
  return (path) => {
    const found = parsed.find(({ text }) => path.startsWith(text));
    return found !== undefined && (found.isPrefix || found.text === path);
  };
}

/** Makes the matcher of unauthenticated paths, which may also have `+` for one whole segment. */
export function segmentMatcher(entries: readonly string[] = []): PathMatcher {
  for (const entry of entries) checkWildcards(entry);
  const plain = prefixMatcher(entries.filter((entry) => !entry.includes("+")));
  const segmented = entries.filter((entry) => entry.includes("+")).map(segmentsOf);
  return (path) => plain(path) || segmented.some((matches) => matches(path.split("/")));
}

function segmentsOf(entry: string): (given: readonly string[]) => boolean {
  const isPrefix = entry.endsWith("*");
  const wanted = (isPrefix ? entry.slice(0, -1) : entry).split("/");
  return (given) => {
    if (isPrefix ? given.length < wanted.length : given.length !== wanted.length) return false;
    return wanted.every((part, index) => {
      if (part === "+" || part === given[index]) return true;
      return isPrefix && index === wanted.length - 1 && (given[index] ?? "").startsWith(part);
    });
  };
}

/** Throws for wildcards that no host accepts. */
function checkWildcards(entry: string): void {
  const reason = wildcardProblem(entry);
  if (reason !== undefined) throw new UserError(`path ${JSON.stringify(entry)}: invalid use of wildcards (${reason})`);
}

function wildcardProblem(entry: string): string | undefined {
  if (entry.split("*").length > 2) return "multiple '*' is forbidden";
  if (entry.includes("+*")) return "'+*' is forbidden";
  if (entry.includes("*") && !entry.endsWith("*")) return "'*' is only allowed at the end of a path";
  if (/[^/]\+|\+[^/]/.test(entry)) return "'+' is not allowed next to a non-slash";
  return undefined;
}
