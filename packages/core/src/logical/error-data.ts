import type { Data } from "./json.ts";

/** Whether hosts take such data for a failure: `error` alone, or `error` and a `data` that is not null. */
export function isErrorData(data: Data): boolean {
  const keys = Object.keys(data);
  if (!keys.includes("error")) return false;
  return keys.length === 1 || (keys.length === 2 && (data["data"] ?? null) !== null);
}
