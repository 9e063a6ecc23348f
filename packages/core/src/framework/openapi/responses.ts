import type { Fields } from "../field.ts";
import type { OperationDocument, ResponseDocument } from "../operation-document.ts";
import type { Scope } from "./dialect.ts";
import type { Content, DocumentedOperation, Schema } from "./document.ts";
import { propertiesOf } from "./field-schema.ts";
import { titled } from "./operation-id.ts";

/** An operation with its name in documents. */
export interface Named {
  readonly id: string;
  readonly operation: string;
  readonly definition: OperationDocument;
}

/** Documents the answers of an operation. */
export function responsesOf(named: Named, scope: Scope): DocumentedOperation["responses"] {
  const { returns, responses = {} } = named.definition;
  const declared = Object.entries({
    ...(returns ? { 200: { description: "OK", fields: returns } } : {}),
    ...responses,
  });
  if (declared.length === 0) return usualResponses(named.operation, scope);
  return Object.fromEntries(
    declared.map(([status, given]) => {
      const descriptions: readonly ResponseDocument[] = [given].flat();
      const content = descriptions.reduce<Content>((before, each) => contentOf(each, before, named, scope), {});
      return [status, { description: descriptions[0]?.description ?? "", ...(isEmpty(content) ? {} : { content }) }];
    }),
  );
}

function usualResponses(operation: string, { dialect, schemas }: Scope): DocumentedOperation["responses"] {
  if (operation === "delete") return { 204: { description: "empty body" } };
  if (operation !== "list" || dialect.kind === "openbao") return { 200: { description: "OK" } };
  schemas.set("StandardListResponse", {
    type: "object",
    properties: { keys: { type: "array", items: { type: "string" } } },
  });
  return { 200: { description: "OK", content: referenceTo("StandardListResponse") } };
}

/** Of several descriptions for a status, the first example of a media type counts; fields replace all examples. */
function contentOf(response: ResponseDocument, before: Content, { id }: Named, scope: Scope): Content {
  const { mediaType = "application/json", example, fields, schemaName } = response;
  if (fields && !isEmpty(fields)) {
    const isNamed = scope.dialect.kind === "openbao" && schemaName !== undefined;
    return referenceTo(addSchema(isNamed ? schemaName : `${titled(id)}Response`, fields, scope));
  }
  if (!example || mediaType in before) return before;
  return { ...before, [mediaType]: { schema: { example } } };
}

function addSchema(name: string, fields: Fields, { dialect, schemas }: Scope): string {
  if (dialect.kind === "vault" || !schemas.has(name))
    schemas.set(name, { type: "object", properties: propertiesOf(fields, dialect) });
  return name;
}

/** Refers to a named schema. */
export function referenceTo(name: string): Content {
  return jsonContent({ $ref: `#/components/schemas/${name}` });
}

/** Gives the content of a JSON body. */
export function jsonContent(schema: Schema): Content {
  return { "application/json": { schema } };
}

function isEmpty(members: object): boolean {
  return Object.keys(members).length === 0;
}
