import type { DatabaseSync } from "node:sqlite";

/** The number of the tables as they are here; each change of them gets a step and the next number. */
export const schemaVersion = 1;

/** A data directory that only a newer version of this program can read. */
export class NewerData extends Error {
  override readonly name: string = "NewerData";
}

/** Makes the tables, or brings those of an older version up to date; throws `NewerData` for those of a newer one. */
export function openSchema(database: DatabaseSync): void {
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found > schemaVersion)
    throw new NewerData(
      `it was written by a newer version of this program: its format is ${found}, and this version knows ${schemaVersion}`,
    );
  // Before this nothing was changed, so that the newer version finds its file as it was.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (found === schemaVersion) return;
  // The first versions had this table and no number.
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS entries (
      space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)
    ) WITHOUT ROWID;
    PRAGMA user_version = ${schemaVersion};
    COMMIT;
  `);
}
