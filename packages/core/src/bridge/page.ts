import type { Page } from "../logical/storage.ts";

/** Whether a page is less than the whole list. */
export function isPartial({ after = "", limit = 0 }: Page): boolean {
  return after !== "" || limit > 0;
}

/** Cuts a page out of all names, in the order of their bytes. */
export function pageOf(names: readonly string[], { after = "", limit = 0 }: Page): string[] {
  const ordered = names
    .map((name) => ({ name, bytes: Buffer.from(name) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  const start = Buffer.from(after);
  const rest = ordered.filter(({ bytes }) => Buffer.compare(bytes, start) > 0).map(({ name }) => name);
  return limit > 0 ? rest.slice(0, limit) : rest;
}
