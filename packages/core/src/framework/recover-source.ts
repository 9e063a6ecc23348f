import { UserError } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import { goQuote } from "./coerce/go-quote.ts";
import type { Path } from "./path.ts";
import type { FieldValues } from "./path-definition.ts";
import { readFields } from "./read-fields.ts";
import { refusingAs } from "./refusing-as.ts";
import { route } from "./route.ts";

/** Reads the parameters of the path from which a snapshot's data was read; no other path has fields to read them with. */
export function sourceFieldsOf(paths: readonly Path[], path: Path, request: Request): FieldValues {
  const source = request.recoverSourcePath ?? request.path;
  const from = route(paths, source);
  if (from?.path !== path)
    throw new UserError(`recover source path ${goQuote(source)} does not match request path ${goQuote(request.path)}`);
  const input = { captures: from.captures, data: {} };
  return refusingAs("field validation of recover source path failed: ", () => readFields(path, input, "query"));
}
