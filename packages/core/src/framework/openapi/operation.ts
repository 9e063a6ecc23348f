import { present } from "../../logical/present.ts";
import type { Operation } from "../../logical/request.ts";
import type { Fields } from "../field.ts";
import type { Scope, Variant } from "./dialect.ts";
import type { DocumentedOperation, Parameter } from "./document.ts";
import { operationId } from "./operation-id.ts";
import { requestBodyOf } from "./request-body.ts";
import { type Named, responsesOf } from "./responses.ts";
import { ifTrue } from "./written.ts";

/** What an operation takes beside what all of its path take. */
export interface Inputs {
  readonly parameters?: readonly Parameter[];
  /** The fields of its body; an operation without has no body. */
  readonly body?: Fields;
}

/** Documents an operation; nothing if its path lacks it, or if documents are to leave it out. */
export function documentOperation(
  operation: Operation,
  { parameters = [], body }: Inputs,
  variant: Variant,
  scope: Scope,
): DocumentedOperation | undefined {
  const { path, text, index, expansion } = variant;
  const definition = path.operations.get(operation)?.definition;
  if (!definition || definition.unpublished || !expansion) return undefined;
  const names = { operation, pathDisplay: path.display, operationDisplay: definition.display };
  const id = operationId({ path: text, index, ...names, defaultPrefix: scope.defaultPrefix });
  const named: Named = { id, operation, definition };
  return present({
    summary: definition.summary?.trim() || undefined,
    description: definition.description?.trim() || undefined,
    operationId: id,
    tags: [scope.type === "auth" ? "auth" : "secrets"],
    parameters: parameters.length === 0 ? undefined : parameters,
    requestBody: body && requestBodyOf(named, body, variant, scope),
    responses: responsesOf(named, scope),
    deprecated: ifTrue(definition.deprecated),
  });
}

/** A parameter of the query by which a GET asks for something else than a read. */
export function askingFor(name: "list" | "scan", description: string): Parameter {
  return { name, description, in: "query", schema: { type: "string", enum: ["true"] }, required: true };
}
