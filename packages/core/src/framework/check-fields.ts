import { Refusal } from "./coerce/refusal.ts";
import { DefinitionError } from "./definition-error.ts";
import type { Field, Fields } from "./field.ts";
import { own } from "./own.ts";
import type { Path } from "./path.ts";
import type { Pattern } from "./pattern.ts";
import { valueOfEmptyParameter } from "./read-fields.ts";

// Hosts take these out of a query: they ask for another operation than the one that the client's method names.
const reservedInQueries: ReadonlySet<string> = new Set(["help", "list", "scan"]);

/** Refuses fields that no request could ever use as they are meant. */
export function checkFields(path: string, pattern: Pattern, fields: Fields, operations: Path["operations"]): void {
  for (const [name, field] of Object.entries(fields)) checkField(`path "${path}", field "${name}"`, field);
  for (const name of pattern.parameters) {
    const field = own(fields, name);
    if (!field) throw new DefinitionError(`path "${path}": parameter "${name}" has no field`);
    if (!mayBeMissing(name, pattern)) continue;
    const what = `path "${path}", field "${name}": a parameter that may be missing needs a default`;
    refusing(what, () => valueOfEmptyParameter(field));
  }
  const hasBody = operations.has("update") || operations.has("patch");
  const reserved = Object.entries(fields).find(
    ([name, field]) =>
      reservedInQueries.has(name) && !pattern.parameters.includes(name) && (field.options.query || !hasBody),
  );
  if (reserved)
    throw new DefinitionError(`path "${path}", field "${reserved[0]}": hosts keep this name of a query to themselves`);
}

/** Of a parameter of a regular expression this is not known; without a value for it, requests are refused one by one. */
function mayBeMissing(name: string, { segments = [] }: Pattern): boolean {
  return segments.some((part) => part.kind === "parameter" && part.name === name && /[?*]/.test(part.mark));
}

/** Refuses a default, or an allowed value, that its own field would not take. */
export function checkField(where: string, field: Field<unknown>): void {
  // Callers without types can give anything.
  if (!field?.specification) throw new DefinitionError(`${where}: is no field; make one with t`);
  const { values } = field.specification;
  if (values?.length === 0) throw new DefinitionError(`${where}: there is no value to choose from`);
  for (const value of values ?? [])
    refusing(`${where}: the allowed value ${value} cannot be used`, () => field.parse(value));
  refusing(`${where}: the default cannot be used`, () => field.fallback());
}

function refusing(what: string, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new DefinitionError(`${what}: ${error.message}`, { cause: error });
  }
}
