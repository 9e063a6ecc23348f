import type { ProtoError } from "../gen/pb/backend.ts";
import { type ErrorKind, LogicalError } from "../logical/errors.ts";

interface ErrorType {
  readonly number: number;
  /** What hosts show instead of the text that came with it. */
  readonly fixedText?: string;
}

const errorTypes: { readonly [K in ErrorKind]: ErrorType } = {
  unknown: { number: 0 },
  user: { number: 1 },
  internal: { number: 2 },
  coded: { number: 3 },
  "bad-request": { number: 4 },
  "unsupported-operation": { number: 5, fixedText: "unsupported operation" },
  "unsupported-path": { number: 6, fixedText: "unsupported path" },
  "invalid-request": { number: 7, fixedText: "invalid request" },
  "permission-denied": { number: 8, fixedText: "permission denied" },
  "multi-authz-pending": { number: 9, fixedText: "request needs further approval" },
  unrecoverable: { number: 10, fixedText: "unrecoverable error" },
};

const kinds: ReadonlyMap<number, ErrorKind> = new Map(
  // The keys of the table are its kinds.
  (Object.keys(errorTypes) as ErrorKind[]).map((kind) => [errorTypes[kind].number, kind]),
);

/** Whether a failure's text would be lost where only its type can be told. */
export function hasOwnText({ kind, message }: LogicalError): boolean {
  const { fixedText } = errorTypes[kind];
  return fixedText !== undefined && message !== fixedText;
}

/** Gives a failure with its type, even where hosts then do not see its text. */
export function errorToWire({ kind, message, status }: LogicalError): ProtoError {
  const { number, fixedText } = errorTypes[kind];
  return { errType: number, errMsg: fixedText ?? errorTextToWire(message), errCode: BigInt(status ?? 0) };
}

/** Gives a failure where nothing can stand beside it: a text of its own is worth more than the type. */
export function errorAloneToWire(error: LogicalError): ProtoError {
  if (!hasOwnText(error)) return errorToWire(error);
  return { errType: errorTypes.unknown.number, errMsg: errorTextToWire(error.message), errCode: 0n };
}

/** Reads a failure; types that are not known are no failure to hosts either. */
export function errorFromWire(error: ProtoError | undefined): LogicalError | undefined {
  const kind = error && kinds.get(error.errType);
  if (!kind) return undefined;
  const text = errorTypes[kind].fixedText ?? error.errMsg;
  return new LogicalError(kind, text, kind === "coded" ? { status: Number(error.errCode) } : {});
}

/** Hosts take this text, in which net/rpc says that a process is gone, for exactly that and start the plugin again. */
const shutDown = "connection is shut down";

/** Gives the text of a failure, which is never one by which hosts know something else. */
export function errorTextToWire(text: string): string {
  return text === shutDown ? `${shutDown} (said by the plugin)` : text;
}
