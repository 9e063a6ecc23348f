import type { Call } from "../logical/backend.ts";
import { InternalError, LogicalError } from "../logical/errors.ts";

/** What is known of the call that failed, for the log. */
export interface FailedCall {
  readonly what: string;
  readonly requestId?: string;
  readonly operation?: string;
  readonly path?: string;
}

/** Makes of anything thrown what the host may see; exceptions that are no answer are logged and hidden. */
export function failure(thrown: unknown, { what, ...fields }: FailedCall, call: Call): LogicalError {
  const error = LogicalError.from(thrown);
  const isHidden = error !== thrown && error.cause === thrown;
  if (!isHidden) return error;
  if (call.signal.aborted) return new LogicalError("unknown", "request cancelled", { cause: thrown });
  call.log.error(`${what} failed`, { ...fields, error: thrown, stack: stackOf(thrown) });
  return new InternalError(fields.requestId ? `internal error (request ${fields.requestId})` : "internal error", {
    cause: thrown,
  });
}

function stackOf(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error)) return `thrown: ${typeof thrown}`;
  const own = thrown.stack ?? thrown.message;
  if (thrown.cause === undefined || depth === 5) return own;
  return `${own}\ncaused by: ${stackOf(thrown.cause, depth + 1)}`;
}
