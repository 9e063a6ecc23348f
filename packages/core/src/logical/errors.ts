import { errorsText } from "./multi-error.ts";

/** What went wrong, in the words that both hosts know. */
export type ErrorKind =
  | "unknown"
  | "user"
  | "internal"
  | "coded"
  | "bad-request"
  | "unsupported-operation"
  | "unsupported-path"
  | "invalid-request"
  | "permission-denied"
  | "multi-authz-pending"
  | "unrecoverable";

/** Options of every error of this file. */
export interface LogicalErrorOptions {
  readonly cause?: unknown;
  /** Shown to the caller beside the text, as `data`. Needs a text. */
  readonly data?: unknown;
}

/** A failure that the host understands. Throw one of its subclasses. */
export class LogicalError extends Error {
  override readonly name: string = "LogicalError";
  readonly kind: ErrorKind;
  /** The HTTP status of a `coded` error. */
  readonly status: number | undefined;
  /** Shown to the caller beside the text. */
  readonly data: unknown;
  /**
   * Whether the text is the answer itself (an error response), shown to the caller as it is. Without, hosts show the
   * text of the kind, or of the error as a step of theirs that failed.
   */
  readonly isResponse: boolean;

  constructor(
    kind: ErrorKind,
    message: string,
    options: LogicalErrorOptions & { readonly isResponse?: boolean; readonly status?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.data = options.data;
    this.isResponse = options.isResponse ?? false;
  }

  /**
   * Finds the failure in what was thrown: itself, or the first in its chain of causes. An `AggregateError` is one where
   * all that it holds are.
   */
  static find(thrown: unknown): LogicalError | undefined {
    return find(thrown, 0);
  }

  /** Gives the failure in what was thrown; anything else is hidden as internal. */
  static from(thrown: unknown): LogicalError {
    return LogicalError.find(thrown) ?? new InternalError("internal error", { cause: thrown });
  }
}

// Causes can go round in a circle; nobody nests failures as deep as this.
const deepest = 20;

function find(thrown: unknown, depth: number): LogicalError | undefined {
  if (depth === deepest || !(thrown instanceof Error)) return undefined;
  if (thrown instanceof LogicalError) return thrown;
  const together = thrown instanceof AggregateError ? combined(thrown, depth) : undefined;
  return together ?? find(thrown.cause, depth + 1);
}

/** Makes one failure of several, in the form in which Go's plugins list theirs; nothing where one of them is none. */
function combined(thrown: AggregateError, depth: number): LogicalError | undefined {
  const failures: LogicalError[] = [];
  for (const error of thrown.errors) {
    const failure = find(error, depth + 1);
    if (!failure) return undefined;
    failures.push(failure);
  }
  const [first, ...others] = failures;
  if (!first) return undefined;
  const isOneKind = others.every(({ kind, status }) => kind === first.kind && status === first.status);
  return new LogicalError(isOneKind ? first.kind : "unknown", errorsText(failures.map(({ message }) => message)), {
    cause: thrown,
    isResponse: failures.every(({ isResponse }) => isResponse),
    ...(isOneKind && first.status !== undefined ? { status: first.status } : {}),
  });
}

/** The caller's mistake: 400 with this text. */
export class UserError extends LogicalError {
  override readonly name: string = "UserError";
  constructor(message: string, options: LogicalErrorOptions = {}) {
    super("user", message, { ...options, isResponse: true });
  }
}

/** 400; with a text, the text is what the caller sees. */
export class InvalidRequest extends LogicalError {
  override readonly name: string = "InvalidRequest";
  constructor(message?: string, options: LogicalErrorOptions = {}) {
    super("invalid-request", message ?? "invalid request", { ...options, isResponse: message !== undefined });
  }
}

/** 400 with the text as a step of the host's that failed. */
export class BadRequest extends LogicalError {
  override readonly name: string = "BadRequest";
  constructor(message: string, options: LogicalErrorOptions = {}) {
    super("bad-request", message, options);
  }
}

/** 403; with a text, the text is what the caller sees. */
export class PermissionDenied extends LogicalError {
  override readonly name: string = "PermissionDenied";
  constructor(message?: string, options: LogicalErrorOptions = {}) {
    super("permission-denied", message ?? "permission denied", { ...options, isResponse: message !== undefined });
  }
}

/** 405: the path exists and cannot do this. */
export class UnsupportedOperation extends LogicalError {
  override readonly name: string = "UnsupportedOperation";
  constructor(options: LogicalErrorOptions = {}) {
    super("unsupported-operation", "unsupported operation", options);
  }
}

/** 404: there is no such path. */
export class UnsupportedPath extends LogicalError {
  override readonly name: string = "UnsupportedPath";
  constructor(options: LogicalErrorOptions = {}) {
    super("unsupported-path", "unsupported path", options);
  }
}

/** Any HTTP status with a text. */
export class CodedError extends LogicalError {
  override readonly name: string = "CodedError";
  constructor(status: number, message: string, options: LogicalErrorOptions = {}) {
    super("coded", message, { ...options, status });
  }
}

/** 500 with this text. Prefer to let other exceptions through: they are logged and hidden from the caller. */
export class InternalError extends LogicalError {
  override readonly name: string = "InternalError";
  constructor(message: string, options: LogicalErrorOptions = {}) {
    super("internal", message, options);
  }
}

/** A lease whose revocation must not be tried again. */
export class Unrecoverable extends LogicalError {
  override readonly name: string = "Unrecoverable";
  constructor(options: LogicalErrorOptions = {}) {
    super("unrecoverable", "unrecoverable error", options);
  }
}

/** What the storage of every host says of a key that it refuses; which keys those are differs from host to host. */
export const relativePath = "relative paths not supported";

/** Has the host send the request on to a node that can write; the storage of a node that cannot says the same. */
export class ReadOnlyStorage extends LogicalError {
  override readonly name: string = "ReadOnlyStorage";
  constructor(options: LogicalErrorOptions = {}) {
    super("unknown", "cannot write to readonly storage", options);
  }
}

/** The host's storage refused; the text is the host's own and must reach it unchanged. */
export class StorageError extends LogicalError {
  override readonly name: string = "StorageError";
  constructor(message: string, options: LogicalErrorOptions = {}) {
    super("unknown", message, options);
  }
}
