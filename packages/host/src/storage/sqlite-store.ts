import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DirectoryInUse, lockDirectory } from "./directory-lock.ts";
import { openPrivateDatabase } from "./private-database.ts";
import { NewerData, openSchema } from "./schema.ts";
import { namesBelow, type Snapshot, type Store } from "./store.ts";

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
    const reason = cause instanceof NewerData ? `: ${cause.message}` : "";
    throw new Error(`cannot open the data directory ${directory}${reason}`, { cause });
  }
}

function openLocked(directory: string, unlock: () => void): Store {
  try {
    const file = join(directory, "vaultwright.db");
    const database = openPrivateDatabase(file);
    try {
      openSchema(database);
      return storeOf(database, { file, unlock });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

function storeOf(database: DatabaseSync, { file, unlock }: { readonly file: string; unlock(): void }): Store {
  const { valueAt, keysFrom } = createReader(database);
  const upsert = database.prepare(
    "INSERT INTO entries (space, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM entries WHERE space = ? AND key = ?");
  const removeSpace = database.prepare("DELETE FROM entries WHERE space = ?");
  const all = database.prepare("SELECT key, value FROM entries WHERE space = ? ORDER BY key");
  let depth = 0;
  return {
    get: valueAt,
    put: (space, key, value) => void upsert.run(space, key, value),
    delete: (space, key) => void remove.run(space, key),
    // A page reads no more keys than it needs.
    list: (space, prefix, page) => [...namesBelow(keysFrom(space, prefix, page?.after), prefix, page)],
    snapshot: (space) => openSnapshot(file, space),
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

/** A connection of its own, whose view of the file stands still from its first reading to its end. */
function openSnapshot(file: string, space: string): Snapshot {
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec("BEGIN; SELECT 1 FROM entries LIMIT 1;");
  const { valueAt, keysFrom } = createReader(database);
  return {
    get: (key) => valueAt(space, key),
    keys: (prefix) => [...keysFrom(space, prefix)],
    close: () => database.close(),
  };
}

interface Reader {
  valueAt(space: string, key: string): Uint8Array | undefined;
  /** The keys with a prefix, from the one of a name on. */
  keysFrom(space: string, prefix: string, name?: string): Generator<string>;
}

function createReader(database: DatabaseSync): Reader {
  const select = database.prepare("SELECT value FROM entries WHERE space = ? AND key = ?");
  // SQLite compares text by its UTF-8 bytes, and no key is above a prefix followed by the highest code point.
  const selectKeys = database.prepare(
    "SELECT key FROM entries WHERE space = ? AND key >= ? AND key < ? || char(1114111) ORDER BY key",
  );
  return {
    valueAt(space, key) {
      const value = select.get(space, key)?.["value"];
      return value instanceof Uint8Array ? value : undefined;
    },
    *keysFrom(space, prefix, name = "") {
      for (const { key } of selectKeys.iterate(space, prefix + name, prefix)) yield String(key);
    },
  };
}
