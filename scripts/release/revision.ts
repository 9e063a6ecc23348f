import { root } from "../project.ts";
import { readOutput } from "./commands.ts";

/** The state of the sources that a release is built from. */
export interface Revision {
  /** The commit's full hash; with `-changed` behind it, the sources are not those of the commit. */
  readonly commit: string;
  /** The commit's date, or `SOURCE_DATE_EPOCH`: never the clock's, so that a second build gives the same bytes. */
  readonly date: Date;
}

/** What marks a commit whose sources were changed. */
export const changedMark = "-changed";

/** Reads the revision of a folder's repository. */
export async function readRevision(folder: string = root, environment = process.env): Promise<Revision> {
  const git = (...args: readonly string[]) => readOutput("git", args, { cwd: folder });
  const commit = await git("rev-parse", "HEAD");
  const changes = await git("status", "--porcelain");
  const epoch = environment["SOURCE_DATE_EPOCH"] ?? (await git("log", "-1", "--format=%ct"));
  if (!/^\d{1,11}$/.test(epoch)) throw new Error(`SOURCE_DATE_EPOCH is ${epoch}, which is not a number of seconds`);
  return { commit: changes === "" ? commit : `${commit}${changedMark}`, date: new Date(Number(epoch) * 1000) };
}

/** Writes a date as released files carry it: to the second. */
export function isoDate(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
