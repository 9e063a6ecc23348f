import type { Response } from "../logical/response.ts";
import type { Path } from "./path.ts";
import type { Input } from "./read-fields.ts";

/** Adds what a caller should know of parameters that had no effect, after the warnings of the handler. */
export function withWarnings(response: Response, path: Path, { captures, data }: Input): Response {
  const names = Object.keys(data).sort();
  if (names.length === 0) return response;
  const ignored = path.acceptsAnything ? [] : names.filter((name) => !Object.hasOwn(path.fields, name));
  const replaced = names.filter((name) => captures.has(name) && data[name] !== null && data[name] !== undefined);
  const warnings = [...(response.warnings ?? [])];
  if (ignored.length > 0) warnings.push(`Endpoint ignored these unrecognized parameters: [${ignored.join(" ")}]`);
  if (replaced.length > 0)
    warnings.push(
      `Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [${replaced.join(" ")}]`,
    );
  return warnings.length === (response.warnings?.length ?? 0) ? response : { ...response, warnings };
}
