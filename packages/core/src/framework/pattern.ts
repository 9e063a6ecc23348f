import { DefinitionError } from "./definition-error.ts";
import type { Fields } from "./field.ts";
import { own } from "./own.ts";

/** A part of a path between slashes. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string; readonly mark: "" | "?" | "+" | "*" };

/** A pattern ready to match paths. */
export interface Pattern {
  /** Anchored and in the spelling of Go, as help shows it. */
  readonly text: string;
  readonly expression: RegExp;
  /** Undefined for a raw regular expression, whose parts are not known. */
  readonly segments: readonly Segment[] | undefined;
}

/** Compiles a pattern such as `keys/:name`, or takes a raw regular expression. */
export function compilePattern(pattern: string | RegExp, fields: Fields, acceptsSlash: boolean): Pattern {
  if (pattern instanceof RegExp) return fromExpression(pattern, acceptsSlash);
  if (pattern === "") throw new DefinitionError("Routing pattern cannot be blank");
  const segments = parseSegments(pattern, acceptsSlash);
  const text = `^${segments.map((segment, index) => goText(segment, index, fields)).join("")}${ending(segments, acceptsSlash)}$`;
  return { text, expression: toExpression(text), segments };
}

function parseSegments(pattern: string, acceptsSlash: boolean): readonly Segment[] {
  if (pattern.startsWith("/")) throw mistake(pattern, "paths have no leading slash");
  if (pattern.endsWith("/") && !acceptsSlash) throw mistake(pattern, "only paths with list or scan may end in a slash");
  const segments = pattern
    .replace(/\/$/, "")
    .split("/")
    .map((part) => parseSegment(pattern, part));
  const names = segments.flatMap((segment) => (segment.kind === "parameter" ? [segment.name] : []));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw mistake(pattern, `parameter "${twice}" occurs twice`);
  const early = segments.slice(0, -1).find((segment) => segment.kind === "parameter" && segment.mark !== "");
  if (early) throw mistake(pattern, "only the last parameter may be marked with +, * or ?");
  return segments;
}

function parseSegment(pattern: string, part: string): Segment {
  if (part === "") throw mistake(pattern, "a part between slashes is empty");
  const [, name, mark = ""] = /^:([A-Za-z_]\w*)([+*?]?)$/.exec(part) ?? [];
  if (name !== undefined && isMark(mark)) return { kind: "parameter", name, mark };
  if (/[:*+?()[\]{}|^$\\\s]/.test(part))
    throw mistake(pattern, `"${part}" is neither text nor a parameter; use a RegExp`);
  if (part === "." || part === "..") throw mistake(pattern, "hosts refuse relative paths");
  return { kind: "literal", text: part };
}

function isMark(text: string): text is "" | "?" | "+" | "*" {
  return ["", "?", "+", "*"].includes(text);
}

function goText(segment: Segment, index: number, fields: Fields): string {
  const slash = index === 0 ? "" : "/";
  if (segment.kind === "literal") return slash + segment.text.replaceAll(".", "\\.");
  const { name, mark } = segment;
  const value = own(fields, name)?.specification.pattern ?? "[^/]+";
  if (mark === "?") return `(${slash}(?P<${name}>${value}))?`;
  if (mark === "") return `${slash}(?P<${name}>${value})`;
  return `${slash}(?P<${name}>.${mark})`;
}

/** Hosts end the path of a list with a slash, and never the path of a request for help. */
function ending(segments: readonly Segment[], acceptsSlash: boolean): string {
  const last = segments.at(-1);
  const takesAll = last?.kind === "parameter" && (last.mark === "+" || last.mark === "*");
  return acceptsSlash && !takesAll ? "/?" : "";
}

/** In Go `.` is any character but a line feed, in JavaScript it also stops at three others. */
function toExpression(text: string): RegExp {
  return new RegExp(text.replaceAll("(?P<", "(?<").replace(/>\.([+*])\)\$$/, ">[^\\n]$1)$"));
}

function fromExpression(pattern: RegExp, acceptsSlash: boolean): Pattern {
  const named = `/${pattern.source}/`;
  if (pattern.source === "(?:)") throw new DefinitionError("Routing pattern cannot be blank");
  if (/[^uvd]/.test(pattern.flags)) throw mistake(named, `the flag ${pattern.flags} cannot be used`);
  if (/\\[AzQE]|\[\[:/.test(pattern.source.replaceAll("\\\\", "")))
    throw mistake(named, "Go's \\A, \\z, \\Q and [[:class:]] mean something else here");
  if (hasLooseAlternative(pattern.source))
    throw mistake(named, "put the alternatives into a group, since anchors bind closer");
  if (acceptsSlash && !endsOpen(pattern.source))
    throw mistake(named, "list asks for a trailing slash; end the pattern in /?");
  const start = pattern.source.startsWith("^") ? "" : "^";
  const end = pattern.source.endsWith("$") && !pattern.source.endsWith("\\$") ? "" : "$";
  const source = start + pattern.source + end;
  return {
    text: source.replaceAll("\\/", "/").replace(/\(\?<(?![=!])/g, "(?P<"),
    expression: new RegExp(source, pattern.flags.replace("d", "")),
    segments: undefined,
  };
}

/** Whether an alternative stands outside of all groups. */
function hasLooseAlternative(source: string): boolean {
  let depth = 0;
  for (const character of source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "")) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "|" && depth === 0) return true;
  }
  return false;
}

/** Whether a pattern could end in a slash: it does not when its last part is a plain character. */
function endsOpen(source: string): boolean {
  return !/(?:^|[^\\])[\w-]\$?$/.test(source);
}

function mistake(pattern: string, what: string): DefinitionError {
  return new DefinitionError(`path "${pattern}": ${what}`);
}
