import type { Response } from "../logical/response.ts";
import type { Field } from "./field.ts";
import { t } from "./kinds.ts";

/** The answer of a list, with further facts of its keys if there are any. Hosts show an empty list as "not found". */
export function list(keys: readonly string[], keyInfo?: Readonly<Record<string, unknown>>): Response {
  if (keys.length === 0) return { data: {} };
  if (!keyInfo) return { data: { keys } };
  const info = keys.filter((key) => Object.hasOwn(keyInfo, key)).map((key) => [key, keyInfo[key]]);
  return { data: info.length === 0 ? { keys } : { keys, key_info: Object.fromEntries(info) } };
}

/** The fields of a list in pages, as OpenBao's clients send them: give the fields on to the `list` of `entries`. */
export const pageFields: {
  readonly after: Field<string | undefined>;
  readonly limit: Field<number | undefined>;
} = {
  after: t.string({ description: "Lists only names that come after this one, which need not exist.", query: true }),
  limit: t.int({ description: "How many names are listed at most; zero or less means all.", query: true }),
};
