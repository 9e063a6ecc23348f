import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { DirectoryInUse, lockDirectory } from "./directory-lock.ts";
import { openPrivateDatabase } from "./private-database.ts";
import { namesBelow, type Store } from "./store.ts";

/**
 * Opens the store in a directory, which is made when it is missing.
 *
 * The file is not encrypted: whoever can read it has every secret and every token. It is for development, and only its
 * owner may open it. A commit is on disk when the call returns, so that a killed process loses nothing it acknowledged.
 */
export function openSqliteStore(directory: string): Store {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return openLocked(directory, lockDirectory(directory));
  } catch (cause) {
    if (cause instanceof DirectoryInUse) throw cause;
    throw new Error(`cannot open the data directory ${directory}`, { cause });
  }
}

function openLocked(directory: string, unlock: () => void): Store {
  try {
    const database = openPrivateDatabase(join(directory, "vaultwright.db"));
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS entries (
        space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)
      ) WITHOUT ROWID;
    `);
    return storeOf(database, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function storeOf(database: DatabaseSync, unlock: () => void): Store {
  const select = database.prepare("SELECT value FROM entries WHERE space = ? AND key = ?");
  const upsert = database.prepare(
    "INSERT INTO entries (space, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM entries WHERE space = ? AND key = ?");
  const removeSpace = database.prepare("DELETE FROM entries WHERE space = ?");
  // SQLite compares text by its UTF-8 bytes, and no key is above a prefix followed by the highest code point.
  const keysBelow = database.prepare(
    "SELECT key FROM entries WHERE space = ? AND key >= ? AND key < ? || char(1114111) ORDER BY key",
  );
  const all = database.prepare("SELECT key, value FROM entries WHERE space = ? ORDER BY key");
  let depth = 0;
  return {
    get(space, key) {
      const value = select.get(space, key)?.["value"];
      return value instanceof Uint8Array ? value : undefined;
    },
    put: (space, key, value) => void upsert.run(space, key, value),
    delete: (space, key) => void remove.run(space, key),
    list: (space, prefix, page) => {
      const keys = keysBelow.all(space, prefix, prefix).map((row) => String(row["key"]));
      return [...namesBelow(keys, prefix, page)];
    },
    entries: (space) =>
      all.all(space).flatMap(({ key, value }) => (value instanceof Uint8Array ? [[String(key), value] as const] : [])),
    clear: (space) => void removeSpace.run(space),
    atomically(work) {
      if (depth > 0) return work();
      depth += 1;
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close() {
      database.close();
      unlock();
    },
  };
}
