import { DefinitionError } from "./definition-error.ts";
import type { Fields } from "./field.ts";
import { own } from "./own.ts";
import { compileExpression, isGoExpression } from "./raw-pattern.ts";

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
  /** The names of all parameters. */
  readonly parameters: readonly string[];
}

/** Compiles a pattern such as `keys/:name`, or a regular expression: a `RegExp`, or a text in Go's spelling. */
export function compilePattern(
  pattern: string | RegExp,
  fields: Fields,
  { acceptsSlash }: { readonly acceptsSlash: boolean },
): Pattern {
  if (pattern instanceof RegExp || isGoExpression(pattern)) return compileExpression(pattern, { acceptsSlash });
  if (pattern === "") throw new DefinitionError("Routing pattern cannot be blank");
  const segments = parseSegments(pattern, { acceptsSlash });
  const text = `^${segments.map((segment, index) => goText(segment, index, fields)).join("")}${ending(segments, { acceptsSlash })}$`;
  return { text, expression: toExpression(text), segments, parameters: namesOf(segments) };
}

function parseSegments(pattern: string, { acceptsSlash }: { readonly acceptsSlash: boolean }): readonly Segment[] {
  if (pattern.startsWith("/")) throw mistake(pattern, "paths have no leading slash");
  if (pattern.endsWith("/") && !acceptsSlash) throw mistake(pattern, "only paths with list or scan may end in a slash");
  const segments = pattern
    .replace(/\/$/, "")
    .split("/")
    .map((part) => parseSegment(pattern, part));
  const names = namesOf(segments);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw mistake(pattern, `parameter "${twice}" occurs twice`);
  const early = segments.slice(0, -1).find((segment) => segment.kind === "parameter" && segment.mark !== "");
  if (early) throw mistake(pattern, "only the last parameter may be marked with +, * or ?");
  return segments;
}

function namesOf(segments: readonly Segment[]): readonly string[] {
  return segments.flatMap((segment) => (segment.kind === "parameter" ? [segment.name] : []));
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
function ending(segments: readonly Segment[], { acceptsSlash }: { readonly acceptsSlash: boolean }): string {
  const last = segments.at(-1);
  const takesAll = last?.kind === "parameter" && (last.mark === "+" || last.mark === "*");
  return acceptsSlash && !takesAll ? "/?" : "";
}

/** In Go `.` is any character but a line feed, in JavaScript it also stops at three others. */
function toExpression(text: string): RegExp {
  return new RegExp(text.replaceAll("(?P<", "(?<").replace(/>\.([+*])\)\$$/, ">[^\\n]$1)$"));
}

function mistake(pattern: string, what: string): DefinitionError {
  return new DefinitionError(`path "${pattern}": ${what}`);
}
