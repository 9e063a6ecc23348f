import { join } from "node:path";
import { openPrivateDatabase } from "./private-database.ts";

/**
 * Takes a directory for this process alone; throws when another host has it. Gives what releases it.
 *
 * The lock is SQLite's own on a file beside the data: the kernel drops it when the process dies however it dies, so
 * that nothing stale is left after `kill -9`.
 */
export function lockDirectory(directory: string): () => void {
  const lock = openPrivateDatabase(join(directory, "lock.db"), { timeout: 0 });
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new DirectoryInUse(`the data directory ${directory} is used by another host`, { cause });
  }
  return () => lock.close();
}

/** Another process has the directory. */
export class DirectoryInUse extends Error {
  override readonly name: string = "DirectoryInUse";
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
}
