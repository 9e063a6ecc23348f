import type { SpecialPaths } from "../logical/special-paths.ts";
import { DefinitionError } from "./definition-error.ts";

/** Refuses special paths that a host would refuse when mounting, or take for something else than was meant. */
export function checkSpecialPaths(paths: SpecialPaths): void {
  for (const name of ["unauthenticated", "binary", "limited", "allowSnapshotRead"] as const)
    check(name, paths[name], wildcardProblem);
  check("root", paths.root, rootProblem);
  check("localStorage", paths.localStorage, () => undefined);
  check("sealWrapStorage", paths.sealWrapStorage, () => undefined);
  check("writeForwardedStorage", paths.writeForwardedStorage, (entry) =>
    entry.includes("{{clusterId}}") ? undefined : "must contain {{clusterId}}",
  );
}

function check(
  name: keyof SpecialPaths,
  entries: readonly string[] = [],
  problemOf: (entry: string) => string | undefined,
): void {
  for (const entry of entries) {
    const problem = entry.startsWith("/") ? "has a leading slash, which no path has" : problemOf(entry);
    if (problem !== undefined) throw new DefinitionError(`${name}: path "${entry}": ${problem}`);
  }
}

/** The reasons of the hosts, in the order in which they look for them. */
function wildcardProblem(entry: string): string | undefined {
  const reason = wildcardReason(entry);
  return reason && `invalid use of wildcards (${reason})`;
}

function wildcardReason(entry: string): string | undefined {
  if (entry.split("*").length > 2) return "multiple '*' is forbidden";
  if (entry.includes("+*")) return "'+*' is forbidden";
  if (entry.includes("*") && !entry.endsWith("*")) return "'*' is only allowed at the end of a path";
  if (/[^/]\+|\+[^/]/.test(entry)) return "'+' is not allowed next to a non-slash";
  return undefined;
}

/** Hosts take these for plain characters, so that the path would be open to callers without `sudo`. */
function rootProblem(entry: string): string | undefined {
  if (entry.slice(0, -1).includes("*")) return "invalid use of wildcards ('*' is only allowed at the end of a path)";
  return entry.split("/").includes("+") ? "invalid use of wildcards ('+' is a plain character in root)" : undefined;
}
