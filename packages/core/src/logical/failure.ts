import { conceal } from "./conceal.ts";
import { InternalError, LogicalError } from "./errors.ts";
import type { Log } from "./log.ts";

/** What is known of the call that failed. */
export interface FailedCall {
  readonly what: string;
  readonly requestId?: string;
  readonly operation?: string;
  readonly path?: string;
  /** What came with the request, and an exception might quote; the log does not show it. */
  readonly hidden?: readonly string[];
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Makes of anything thrown what the host may see; exceptions that are no answer are logged and hidden. */
export function failureOf(thrown: unknown, { signal, log, what, hidden = [], ...fields }: FailedCall): LogicalError {
  const known = LogicalError.find(thrown);
  if (known) return known;
  if (signal.aborted) return new LogicalError("unknown", `${what} cancelled`, { cause: thrown });
  log.error(`${what} failed`, {
    ...fields,
    error: conceal(textOf(thrown), hidden),
    stack: conceal(stackOf(thrown), hidden),
  });
  const text = fields.requestId ? `internal error (request ${fields.requestId})` : "internal error";
  return new InternalError(text, { cause: thrown });
}

/** Any value can be thrown, and an object is not shown, since nobody knows what is in it. */
function textOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === "object" && thrown !== null ? "an object was thrown" : String(thrown);
}

/** Gives the stacks of what was thrown, of its causes, and of the first of many that were thrown together. */
export function stackOf(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error)) return `thrown: ${typeof thrown}`;
  const own = thrown.stack ?? thrown.message;
  if (depth === 5) return own;
  const causes: unknown[] = thrown.cause === undefined ? [] : [thrown.cause];
  if (thrown instanceof AggregateError) causes.push(...thrown.errors.slice(0, 3));
  return [own, ...causes.map((cause) => `caused by: ${stackOf(cause, depth + 1)}`)].join("\n");
}
