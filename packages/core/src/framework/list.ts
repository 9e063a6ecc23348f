import type { Response } from "../logical/response.ts";

/** The answer of a list, with further facts of its keys if there are any. Hosts show an empty list as "not found". */
export function list(keys: readonly string[], keyInfo: Readonly<Record<string, unknown>> = {}): Response {
  if (keys.length === 0) return { data: {} };
  const info = keys.filter((key) => Object.hasOwn(keyInfo, key)).map((key) => [key, keyInfo[key]]);
  return { data: info.length === 0 ? { keys } : { keys, key_info: Object.fromEntries(info) } };
}
