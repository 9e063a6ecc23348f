import type { Data } from "./json.ts";

/** Whether hosts take such data for a failure: `error` alone, or with `data`; neither of them null. */
export function isErrorData(data: Data): boolean {
  // Members that are undefined are left out on the wire, and so do not count.
  const names = Object.keys(data).filter((name) => data[name] !== undefined);
  const has = (name: string): boolean => names.includes(name) && data[name] !== null;
  return has("error") && (names.length === 1 || (names.length === 2 && has("data")));
}
