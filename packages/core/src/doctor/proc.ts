import { readFileSync } from "node:fs";

/** Reads what the kernel says under a path of `/proc`; undefined where it says nothing. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Finds the limit in force in the text of `/proc/self/limits`; undefined where the text has none. */
export function limitOf(limits: string, name: string): number | undefined {
  const [, value] = new RegExp(`^${name} +(\\d+|unlimited) `, "m").exec(limits) ?? [];
  if (value === undefined) return undefined;
  return value === "unlimited" ? Number.POSITIVE_INFINITY : Number(value);
}
