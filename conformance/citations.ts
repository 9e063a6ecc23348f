import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a test cites a statement. */
export interface Citation {
  readonly id: string;
  readonly file: string;
}

/** Collects the citations of all sources in a folder and below. */
export function citationsIn(folder: string): readonly Citation[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => idsIn(readFileSync(join(folder, file), "utf8")).map((id) => ({ id, file })));
}

function idsIn(source: string): readonly string[] {
  const calls = [...source.matchAll(/\bverifies\(([^)]*)\)/g)].map(([, list = ""]) => list);
  return calls.flatMap((list) => [...list.matchAll(/"([A-Z]\d+[a-z]?)"/g)].map(([, id = ""]) => id));
}
