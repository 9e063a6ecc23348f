import { Refusal } from "./refusal.ts";

/** Takes of what another reads only some values, or lists of them; null counts as not given where it is no empty list. */
export function allowed<T>(
  coerce: (raw: unknown) => T | undefined,
  values: readonly unknown[],
): (raw: unknown) => T | undefined {
  return (raw) => {
    const found = coerce(raw);
    const all: readonly unknown[] = Array.isArray(found) ? found : [found];
    if (found === undefined || (raw === null && !Array.isArray(found))) return undefined;
    if (!all.every((each) => values.includes(each))) throw new Refusal(`must be one of ${values.join(", ")}`);
    return found;
  };
}
