import { randomUUID } from "node:crypto";
import type { HostCallOptions } from "../logical/events.ts";
import type { Storage } from "../logical/storage.ts";
import { decodeStored, encodeStored } from "./stored-json.ts";

/** One note of something that was begun outside of storage. */
export interface WalEntry<out T> {
  readonly id: string;
  readonly data: T;
  /** When it was noted, in whole seconds. */
  readonly created: Date;
}

/** A note with its kind, as storage knows it. */
export interface WalRecord extends WalEntry<unknown> {
  readonly kind: string;
}

/** The prefix of all notes in storage; plugins of Go keep theirs there too, in the same form. */
const prefix = "wal/";

/** Stores a note and gives its id. */
export async function putWal(
  storage: Storage,
  { kind, data }: { readonly kind: string; readonly data: unknown },
  options?: HostCallOptions,
): Promise<string> {
  const id = randomUUID();
  const value = encodeStored({ type: kind, data, created_at: Math.floor(Date.now() / 1000) });
  // Go ends other stored values with a newline, but not these.
  await storage.put({ key: prefix + id, value: value.subarray(0, -1) }, options);
  return id;
}

/** Reads a note of any kind. */
export async function readWal(storage: Storage, id: string, options?: HostCallOptions): Promise<WalRecord | undefined> {
  const found = await storage.get(prefix + id, options);
  if (!found) return undefined;
  const record = decodeStored(found.key, found.value);
  if (typeof record !== "object" || record === null) throw new Error(`stored value of "${found.key}" is no object`);
  const members = new Map<string, unknown>(Object.entries(record));
  const created = new Date(Number(members.get("created_at") ?? 0) * 1000);
  // It would never be old enough to be undone, and nobody would hear of it.
  if (Number.isNaN(created.getTime())) throw new Error(`stored value of "${found.key}" has no time that can be read`);
  return { id, kind: String(members.get("type")), data: members.get("data"), created };
}

/** Deletes a note. */
export async function deleteWal(storage: Storage, id: string, options?: HostCallOptions): Promise<void> {
  await storage.delete(prefix + id, options);
}

/** Lists the ids of all notes, of whatever kind. */
export async function listWal(storage: Storage, options?: HostCallOptions): Promise<string[]> {
  return storage.list(prefix, options);
}
