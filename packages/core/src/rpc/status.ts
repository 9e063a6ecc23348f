/** gRPC's status codes by name. */
export const statusCodes = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  "invalid-argument": 3,
  "deadline-exceeded": 4,
  "not-found": 5,
  "already-exists": 6,
  "permission-denied": 7,
  "resource-exhausted": 8,
  "failed-precondition": 9,
  aborted: 10,
  "out-of-range": 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  "data-loss": 15,
  unauthenticated: 16,
} as const;

/** Name of a gRPC status code. */
export type Status = keyof typeof statusCodes;

/** Names of gRPC's status codes by number. */
export const statusNames: readonly Status[] = Object.keys(statusCodes).filter(isStatus);

function isStatus(name: string): name is Status {
  return name in statusCodes;
}

/** A call that ended with another status than `ok`. */
export class RpcError extends Error {
  override readonly name: string = "RpcError";
  readonly status: Exclude<Status, "ok">;

  constructor(status: Exclude<Status, "ok">, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.status = status;
  }

  /** Gives what was thrown as a status; a plain error is `unknown` with its text, as Go's server answers it. */
  static from(thrown: unknown): RpcError {
    if (thrown instanceof RpcError) return thrown;
    return new RpcError("unknown", thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}

// Clients refuse headers of more than 64 KiB, in which a character may take nine bytes.
const maxDetails = 6000;

/** Gives what was thrown as the status and the text that a caller may see. */
export function answerTo(thrown: unknown): { readonly status: Exclude<Status, "ok">; readonly details: string } {
  const { status, message } = RpcError.from(thrown);
  const details = message.length > maxDetails ? `${message.slice(0, maxDetails)}...` : message;
  // Half a character has no bytes that could be sent.
  return { status, details: details.toWellFormed() };
}
