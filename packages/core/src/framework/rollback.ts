import type { Call } from "../logical/backend.ts";
import { LogicalError, UserError } from "../logical/errors.ts";
import { failureOf } from "../logical/failure.ts";
import { errorsText } from "../logical/multi-error.ts";
import type { Request } from "../logical/request.ts";
import { callOf } from "./call-of.ts";
import type { Plugin } from "./plugin.ts";
import { undoOld } from "./undo.ts";

/** Answers the host's tick: periodic work, then what is half done. A failure of the one does not keep the other back. */
export async function rollback(plugin: Plugin, request: Request, call: Call): Promise<undefined> {
  const failure = await failureOfPeriodic(plugin, request, call);
  const texts = await undoOld(plugin.writeAheadLogs ?? [], request, call);
  if (failure) throw new LogicalError("unknown", errorsText([failure.message]), { cause: failure });
  if (texts.length > 0) throw new UserError(errorsText(texts));
}

async function failureOfPeriodic(plugin: Plugin, request: Request, call: Call): Promise<LogicalError | undefined> {
  try {
    await plugin.periodic?.({ ...callOf(call), request });
    return undefined;
  } catch (thrown) {
    return failureOf(thrown, { what: "periodic work", requestId: request.id, signal: call.signal, log: call.log });
  }
}
