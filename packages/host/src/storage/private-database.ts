import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a database that only its owner may read. The file is made before SQLite sees it, so that there is no moment in
 * which others can open it; SQLite gives the files that it puts beside it the same mode.
 */
export function openPrivateDatabase(file: string, options: { readonly timeout?: number } = {}): DatabaseSync {
  closeSync(openSync(file, "a", 0o600));
  return new DatabaseSync(file, options);
}
