import { present } from "../../logical/present.ts";
import type { Field, FieldKind, Fields } from "../field.ts";
import type { Dialect } from "./dialect.ts";
import type { Parameter, Schema } from "./document.ts";
import { ifTrue, inOneLine, shown } from "./written.ts";

type KindSchema = Pick<Schema, "type" | "format" | "pattern" | "items">;

const text: KindSchema = { type: "string" };
const texts: KindSchema = { type: "array", items: text };

const schemas: Readonly<Record<Exclude<FieldKind, "seconds" | "signed-seconds">, KindSchema>> = {
  string: text,
  "lower-case-string": { type: "string", format: "lowercase" },
  name: { type: "string", pattern: "\\w([\\w-.]*\\w)?" },
  "name-with-at": text,
  int: { type: "integer" },
  int64: { type: "integer", format: "int64" },
  bool: { type: "boolean" },
  map: { type: "object", format: "map" },
  list: { type: "array", items: { type: "object" } },
  strings: texts,
  "comma-strings": texts,
  "comma-ints": { type: "array", items: { type: "integer" } },
  pairs: { type: "object", format: "kvpairs" },
  header: text,
  float: { type: "number", format: "float" },
  time: { type: "string", format: "date-time" },
  "one-of": text,
};

function kindSchema({ specification: { kind } }: Field<unknown>, dialect: Dialect): KindSchema {
  return kind === "seconds" || kind === "signed-seconds" ? dialect.duration : schemas[kind];
}

/** Documents a field as a member of a body. */
export function propertyOf(field: Field<unknown>, dialect: Dialect): Schema {
  const { description, default: fallback, deprecated, display } = field.options;
  return present({
    ...kindSchema(field, dialect),
    description: inOneLine(description),
    enum: field.specification.values,
    default: fallback,
    deprecated: ifTrue(deprecated),
    "x-vault-displayAttrs": shown(display),
  });
}

/** Documents fields as the members of bodies. */
export function propertiesOf(fields: Fields, dialect: Dialect): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, propertyOf(field, dialect)]));
}

/** Documents a field as a part of the path or of the query. */
export function parameterOf(name: string, field: Field<unknown>, place: "path" | "query", dialect: Dialect): Parameter {
  const { description, default: fallback, deprecated, display } = field.options;
  const { type, pattern } = kindSchema(field, dialect);
  return present({
    name,
    description: inOneLine(description),
    in: place,
    schema: present({
      type,
      pattern,
      enum: field.specification.values,
      default: fallback,
      "x-vault-displayAttrs": shown(display),
    }),
    required: ifTrue(place === "path"),
    deprecated: ifTrue(deprecated),
  });
}
