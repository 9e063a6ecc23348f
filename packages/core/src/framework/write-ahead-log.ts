import type { Call } from "../logical/backend.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Request } from "../logical/request.ts";
import type { Storage } from "../logical/storage.ts";
import { callOf } from "./call-of.ts";
import { DefinitionError } from "./definition-error.ts";
import { isListed } from "./listed.ts";
import { deleteWal, listWal, putWal, readWal, type WalEntry } from "./wal-record.ts";

/** What an undo gets: the note, and what it may use. */
export interface UndoContext<out T> extends Call, WalEntry<T> {
  /** The host's request to roll back, which comes about once a minute. */
  readonly request: Request;
}

/** How what a kind of write-ahead log notes is undone. */
export interface WriteAheadLogDefinition<T> {
  /**
   * Undoes what was begun. The note goes when this ends, and stays for another attempt when it throws. It must accept
   * that there is nothing to undo, since the note is written first.
   */
  undo(context: UndoContext<T>): Promise<void> | void;
  /** Notes younger than so many seconds are left alone, because their work may still go on; 600 by default. */
  readonly minAge?: number;
}

/** How a kind of write-ahead log answers the host. */
export interface WalAnswers {
  readonly kind: string;
  readonly minAge: number;
  undo(entry: WalEntry<unknown>, request: Request, call: Call): Promise<void>;
}

/** Notes of one kind about work outside of storage that must not be left half done. */
export interface WriteAheadLog<T> extends WalAnswers {
  /** Notes what is about to begin, and gives the id of the note; a log that no definition lists is refused. */
  put(storage: Storage, data: T, options?: HostCallOptions): Promise<string>;
  /** Ends the work, so that nothing is undone any more. It belongs after the last write to storage. */
  done(storage: Storage, id: string, options?: HostCallOptions): Promise<void>;
  get(storage: Storage, id: string, options?: HostCallOptions): Promise<WalEntry<T> | undefined>;
  /** Gives the notes of this kind, in no order. */
  list(storage: Storage, options?: HostCallOptions): Promise<WalEntry<T>[]>;
}

const tenMinutes = 600;

/**
 * Names a kind of write-ahead log, for instance `writeAheadLog<{ username: string }>("account", { undo })`; a plugin
 * lists it in its `writeAheadLogs`. What is noted is kept as JSON, as `entries` are.
 */
export function writeAheadLog<T>(kind: string, definition: WriteAheadLogDefinition<T>): WriteAheadLog<T> {
  const { minAge = tenMinutes } = definition;
  if (kind === "") throw new DefinitionError("a write-ahead log needs a kind");
  if (!definition.undo) throw new DefinitionError(`write-ahead log "${kind}": undo is missing`);
  if (!(minAge >= 0)) throw new DefinitionError(`write-ahead log "${kind}": minAge must not be negative`);
  const get: WriteAheadLog<T>["get"] = async (storage, id, options) => {
    const found = await readWal(storage, id, options);
    return found?.kind === kind ? typed(found) : undefined;
  };
  const self: WriteAheadLog<T> = {
    kind,
    minAge,
    get,
    async put(storage, data, options) {
      if (!isListed(self))
        throw new TypeError(
          `write-ahead log "${kind}" is not in "writeAheadLogs" of the definition, so nothing would be undone`,
        );
      return putWal(storage, { kind, data }, options);
    },
    done: deleteWal,
    async list(storage, options) {
      const found = [];
      for (const id of await listWal(storage, options)) found.push(await get(storage, id, options));
      return found.filter((entry) => entry !== undefined);
    },
    undo: async (entry, request, call) => definition.undo({ ...callOf(call), ...typed<T>(entry), request }),
  };
  return self;
}

/** The type is the author's word for what is noted: only what was put under the same kind as a `T` is given. */
function typed<T>({ id, data, created }: WalEntry<unknown>): WalEntry<T> {
  return { id, data: data as T, created };
}
