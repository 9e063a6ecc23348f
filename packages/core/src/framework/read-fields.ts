import { UserError } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import { Refusal } from "./coerce/refusal.ts";
import type { Field, Fields } from "./field.ts";
import { own } from "./own.ts";
import type { Face, Path } from "./path.ts";
import type { FieldValues } from "./path-definition.ts";

/** The parameters of a path and what came in the body or the query. */
export interface Input {
  readonly captures: ReadonlyMap<string, string>;
  readonly data: Data;
}

/** Reads the fields of a path; what cannot be read is thrown as `Refusal` that names the field. */
export function readFields(path: Path, input: Input, face: Face): FieldValues {
  const values = new Map<string, unknown>();
  for (const [name, field] of Object.entries(path.fields)) {
    const value = readField(name, field, input, face);
    if (value !== undefined) values.set(name, value);
  }
  if (face === "write") checkRequired(path.fields, values);
  return Object.fromEntries(values);
}

/** The value of a parameter that may be missing from a path, and is. */
export function valueOfEmptyParameter(field: Field<unknown>): unknown {
  const { pattern } = field.specification;
  return field.fallback() ?? (pattern === undefined ? field.parse("") : "");
}

function readField(name: string, field: Field<unknown>, { captures, data }: Input, face: Face): unknown {
  try {
    const captured = captures.get(name);
    if (captured === "") return valueOfEmptyParameter(field);
    const raw = captured ?? own(data, name);
    if (face !== "patch") return field.parse(raw);
    return raw === undefined || raw === null ? raw : field.parse(raw);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`error converting input for field "${name}": ${error.message}`, { cause: error });
  }
}

function checkRequired(fields: Fields, values: ReadonlyMap<string, unknown>): void {
  for (const [name, field] of Object.entries(fields))
    if (field.options.required && values.get(name) === undefined)
      throw new UserError(`missing required field "${name}"`);
}
