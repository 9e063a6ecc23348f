import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** Collects the citations of the whole repository: calls of `verifies` here, names of tests in packages and plugins. */
export function allCitations(): readonly Citation[] {
  const root = join(import.meta.dirname, "..");
  return [...citationsIn(import.meta.dirname), ...["packages", "plugins"].flatMap((group) => testsIn(root, group))];
}

function testsIn(root: string, group: string): readonly Citation[] {
  return readdirSync(join(root, group), { encoding: "utf8" })
    .map((name) => join(group, name, "test"))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => citationsIn(join(root, folder)).map(({ id, file }) => ({ id, file: join(folder, file) })));
}

function idsIn(source: string): readonly string[] {
  const calls = [...source.matchAll(/\bverifies\(([^)]*)\)/g)].map(([, list = ""]) => list);
  return [
    ...calls.flatMap((list) => [...list.matchAll(/"([A-Z]\d+[a-z]?)"/g)].map(([, id = ""]) => id)),
    ...idsInNames(source),
    ...idsInRows(source),
  ];
}

/** Ids in brackets at the end of a test's name. */
function idsInNames(source: string): readonly string[] {
  const names = source.matchAll(/\b(?:test|it|describe)\(\s*(["`]).*?\[((?:[A-Z]\d+[a-z]?(?:, )?)+)\]\1/g);
  return [...names].flatMap(([, , list = ""]) => list.split(", "));
}

/** Rows of the tables of coercions, which begin with their id. */
function idsInRows(source: string): readonly string[] {
  return [...source.matchAll(/^\s+\[\s*"(F\d+)",/gm)].map(([, id = ""]) => id);
}
