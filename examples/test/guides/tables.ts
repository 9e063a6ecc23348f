import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fieldKindsTable } from "./field-kinds.ts";
import { thrownTable } from "./thrown.ts";

/** A table of a guide that is not written by hand. */
export interface GuideTable {
  readonly guide: string;
  make(): Promise<string>;
}

/** All of them; each stands between two comments in its guide. */
export const guideTables: readonly GuideTable[] = [
  { guide: "docs/fields.md", make: fieldKindsTable },
  { guide: "docs/errors.md", make: thrownTable },
];

const root = join(import.meta.dirname, "..", "..", "..");
const begin = "<!-- written by npm run golden -->\n";
const end = "<!-- end -->\n";

/** Gives the table that stands in a guide. */
export function tableIn(guide: string): string {
  return split(guide).table;
}

/** Writes the tables into their guides. */
export async function writeGuideTables(): Promise<void> {
  for (const { guide, make } of guideTables) {
    const { before, after } = split(guide);
    writeFileSync(join(root, guide), before + (await make()) + after);
  }
}

function split(guide: string): { readonly before: string; readonly table: string; readonly after: string } {
  const text = readFileSync(join(root, guide), "utf8");
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end, from);
  if (from < begin.length || to === -1) throw new Error(`${guide} has no place for a table`);
  return { before: text.slice(0, from), table: text.slice(from, to), after: text.slice(to) };
}
