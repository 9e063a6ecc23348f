import type { Operation } from "../logical/request.ts";
import { DefinitionError } from "./definition-error.ts";
import type { PathOperation } from "./path.ts";
import type { Pattern, Segment } from "./pattern.ts";

type Operations = ReadonlyMap<Operation, PathOperation>;
type Setting = boolean | readonly string[] | undefined;

/** The entries by which a host lets callers without a token through to a path. */
export function specialUnauthenticated(pattern: Pattern, setting: Setting, operations: Operations): readonly string[] {
  const { given, segments } = parts(pattern, setting, "unauthenticated");
  if (!segments) return given;
  return withSlash(spellings(segments, "+"), operations);
}

/** The entries by which a host asks callers of a path for `sudo`. Hosts know no wildcard for one segment here. */
export function specialRoot(pattern: Pattern, setting: Setting, operations: Operations): readonly string[] {
  const { given, segments } = parts(pattern, setting, "root");
  if (!segments) return given;
  if (segments.slice(0, -1).some((segment) => segment.kind === "parameter"))
    throw new DefinitionError(`path "${pattern.text}": root needs a list of paths, since a parameter is in the middle`);
  return withSlash(spellings(segments, "*"), operations);
}

function parts(pattern: Pattern, setting: Setting, what: string) {
  if (setting === undefined || setting === false) return { given: [], segments: undefined };
  if (setting !== true) return { given: setting, segments: undefined };
  if (!pattern.segments)
    throw new DefinitionError(`path "${pattern.text}": ${what} needs a list of paths beside a regular expression`);
  return { given: [], segments: pattern.segments };
}

function spellings(segments: readonly Segment[], wildcard: "+" | "*"): readonly string[] {
  const last = segments.at(-1);
  const isOptional = last?.kind === "parameter" && last.mark === "?";
  const full = segments.map((segment) => spelling(segment, wildcard)).join("/");
  return isOptional
    ? [
        segments
          .slice(0, -1)
          .map((segment) => spelling(segment, wildcard))
          .join("/"),
        full,
      ]
    : [full];
}

function spelling(segment: Segment, wildcard: "+" | "*"): string {
  if (segment.kind === "literal") return segment.text;
  return segment.mark === "+" || segment.mark === "*" ? "*" : wildcard;
}

/** The path of a list ends in a slash, which an exact entry without one would not equal. */
function withSlash(entries: readonly string[], operations: Operations): readonly string[] {
  if (!operations.has("list") && !operations.has("scan")) return entries;
  return entries.flatMap((entry) => (entry.endsWith("*") ? [entry] : [entry, `${entry}/`]));
}
