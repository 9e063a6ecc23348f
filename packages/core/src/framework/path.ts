import type { Operation as OperationName } from "../logical/request.ts";
import { checkFields } from "./check-fields.ts";
import type { RecoverContext } from "./context.ts";
import { DefinitionError } from "./definition-error.ts";
import type { DisplayAttributes } from "./display.ts";
import type { Fields } from "./field.ts";
import type { AnyPathDefinition, Exists, FieldValues, OperationDefinition, PathDefinition } from "./path-definition.ts";
import { pathOperations } from "./path-operations.ts";
import { compilePattern } from "./pattern.ts";
import { specialRoot, specialUnauthenticated } from "./special-paths.ts";

/** Which rules decide whether a field is present: a write's, a patch's, or those of everything else. */
export type Face = "write" | "query" | "patch";

/** An operation of a path, ready to be called. */
export interface PathOperation {
  readonly face: Face;
  readonly definition: OperationDefinition<FieldValues, RecoverContext<FieldValues>>;
}

/** A path of a plugin, made by `path`. */
export interface Path {
  /** The anchored pattern in the spelling of Go, as help shows it. */
  readonly pattern: string;
  readonly summary: string;
  readonly description: string;
  readonly display: DisplayAttributes | undefined;
  readonly fields: Fields;
  readonly acceptsAnything: boolean;
  /** Special paths in the host's spelling. */
  readonly unauthenticated: readonly string[];
  readonly root: readonly string[];
  /** A request that the path would match; undefined for a raw regular expression, whose parts are not known. */
  readonly sample: string | undefined;
  readonly operations: ReadonlyMap<OperationName, PathOperation>;
  readonly exists: Exists<FieldValues> | undefined;
  /** Gives the parameters of a path that matches. */
  match(path: string): ReadonlyMap<string, string> | undefined;
}

/** Defines a path: what it is called, which fields it has and what it does. */
export function path<const P extends string | RegExp, const F extends Fields>(
  pattern: P,
  definition: PathDefinition<P, F>,
): Path {
  return makePath(pattern, erased(definition));
}

/**
 * Forgets the types of the fields. It is sound because `readFields` gives a handler exactly the values that the types
 * promise for its face, and no handler is called in any other way.
 */
function erased<P extends string | RegExp, F extends Fields>(definition: PathDefinition<P, F>): AnyPathDefinition {
  return definition as unknown as AnyPathDefinition;
}

function makePath(pattern: string | RegExp, definition: AnyPathDefinition): Path {
  // Callers without types can leave it out.
  if (!definition.fields) throw new DefinitionError(`path "${pattern}": fields is missing`);
  const operations = pathOperations(String(pattern), definition);
  const acceptsSlash = operations.has("list") || operations.has("scan");
  const compiled = compilePattern(pattern, definition.fields, { acceptsSlash });
  checkFields(String(pattern), compiled, definition.fields, operations);
  return {
    pattern: compiled.text,
    summary: definition.summary,
    description: definition.description ?? "",
    display: definition.display,
    fields: definition.fields,
    acceptsAnything: definition.acceptsAnything ?? false,
    unauthenticated: specialUnauthenticated(compiled, definition.unauthenticated, operations),
    root: specialRoot(compiled, definition.root, operations),
    sample: compiled.segments?.map((segment) => (segment.kind === "literal" ? segment.text : "x")).join("/"),
    operations,
    exists: definition.exists,
    match: (path) => captures(compiled.expression, path),
  };
}

/** A group that took no part in the match counts as empty, as in Go, so that a body can never stand in for it. */
function captures(expression: RegExp, path: string): ReadonlyMap<string, string> | undefined {
  const match = expression.exec(path);
  if (match === null) return undefined;
  const found = new Map<string, string>();
  for (const name in match.groups) found.set(name, match.groups[name] ?? "");
  return found;
}
