import { present } from "../../logical/present.ts";
import type { Fields } from "../field.ts";
import type { Dialect, Scope, Variant } from "./dialect.ts";
import type { DocumentedOperation, Schema } from "./document.ts";
import { propertiesOf } from "./field-schema.ts";
import { titled } from "./operation-id.ts";
import { jsonContent, type Named, referenceTo } from "./responses.ts";
import { ifTrue } from "./written.ts";

/** Documents the body of a write; nothing if it takes none. */
export function requestBodyOf(
  { id, definition }: Named,
  body: Fields,
  { path }: Variant,
  { dialect, schemas }: Scope,
): DocumentedOperation["requestBody"] {
  const example = definition.examples?.[0]?.data;
  const takesAnything = path.acceptsAnything && dialect.kind === "vault";
  const schema: Schema = present({
    type: "object",
    ...members(body, dialect),
    example,
    additionalProperties: ifTrue(takesAnything),
  });
  if (schema.properties || (example && dialect.kind === "openbao")) {
    const name = `${titled(id)}Request`;
    schemas.set(name, schema);
    return { required: true, content: referenceTo(name) };
  }
  return takesAnything ? { required: true, content: jsonContent(schema) } : undefined;
}

function members(body: Fields, dialect: Dialect): Pick<Schema, "properties" | "required"> {
  const names = Object.keys(body);
  const required = names.filter((name) => body[name]?.options.required).sort();
  return {
    ...(names.length === 0 ? {} : { properties: propertiesOf(body, dialect) }),
    ...(required.length === 0 ? {} : { required }),
  };
}
