import type { Call } from "../logical/backend.ts";
import { conceal, textsIn } from "../logical/conceal.ts";
import { LogicalError, UserError } from "../logical/errors.ts";
import { failureOf } from "../logical/failure.ts";
import type { Request } from "../logical/request.ts";
import { goQuote } from "./coerce/go-quote.ts";
import { deleteWal, listWal, readWal, type WalRecord } from "./wal-record.ts";
import type { WalAnswers } from "./write-ahead-log.ts";

/** Undoes what the write-ahead logs say was left half done long enough ago; gives the texts of what failed. */
export async function undoOld(logs: readonly WalAnswers[], request: Request, call: Call): Promise<readonly string[]> {
  if (logs.length === 0) return [];
  const texts: string[] = [];
  for (const id of await listed(request, call)) {
    call.signal.throwIfAborted();
    texts.push(...(await undo(id, logs, request, call)));
  }
  return texts;
}

async function listed(request: Request, call: Call): Promise<readonly string[]> {
  try {
    return await listWal(call.storage);
  } catch (thrown) {
    throw new UserError(logged(thrown, undefined, request, call), { cause: thrown });
  }
}

/** Undoes one entry and gives the text of its failure, if any. */
async function undo(id: string, logs: readonly WalAnswers[], request: Request, call: Call): Promise<readonly string[]> {
  let record: WalRecord | undefined;
  let isUndone = false;
  try {
    record = await readWal(call.storage, id);
    if (!record || !isDue(record, logs, request)) return [];
    await answererOf(record, logs).undo(record, request, call);
    isUndone = true;
    await deleteWal(call.storage, id);
    return [];
  } catch (thrown) {
    const text = logged(thrown, record, request, call);
    return [record && !isUndone ? `error rolling back ${goQuote(record.kind)} entry: ${text}` : text];
  }
}

/** Whether the work has had its time. Tests ask for all entries by the data `immediate`, whatever its value. */
function isDue({ kind, created }: WalRecord, logs: readonly WalAnswers[], { data = {} }: Request): boolean {
  if (Object.hasOwn(data, "immediate")) return true;
  // Where an older version of the plugin noted a kind that this one lacks, the log shows it once it would be due.
  const minAge = logs.find((log) => log.kind === kind)?.minAge ?? Math.min(...logs.map((log) => log.minAge));
  return created.getTime() < Date.now() - minAge * 1000;
}

function answererOf({ kind }: WalRecord, logs: readonly WalAnswers[]): WalAnswers {
  const found = logs.find((log) => log.kind === kind);
  if (!found) throw new LogicalError("unknown", "the plugin has no write-ahead log of this kind");
  return found;
}

/** Logs a failure, since hosts look at errors of a rollback only and not at what its answer says; gives its text. */
function logged(thrown: unknown, record: WalRecord | undefined, request: Request, { log, signal }: Call): string {
  const hidden = textsIn(record?.data, request.data);
  const what = "rollback of a write-ahead log entry";
  const fields = { requestId: request.id, ...(record ? { id: record.id, kind: record.kind } : {}) };
  const known = LogicalError.find(thrown);
  if (!known) return failureOf(thrown, { what, hidden, log: log.with(fields), signal }).message;
  const error = conceal(known.message, hidden);
  log.error(`${what} failed`, { ...fields, error });
  return error;
}
