import { LogicalError } from "@vaultwright/core/launch";

/** A failed request: the status and the texts that the client gets. */
export class Failure extends Error {
  override readonly name: string = "Failure";
  readonly status: number;
  readonly errors: readonly string[];
  /** Shown beside the texts. */
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errors: readonly string[],
    options: {
      readonly cause?: unknown;
      readonly data?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(errors.join("; "), { cause: options.cause });
    this.status = status;
    this.errors = errors;
    this.data = options.data;
    this.headers = options.headers ?? {};
  }
}

/** The text for which a plain error gets a status of its own, as hosts compare it. */
const statusOfText: ReadonlyMap<string, number> = new Map([
  ["permission denied", 403],
  ["unsupported operation", 405],
  ["unsupported path", 404],
  ["invalid request", 400],
  ["invalid credentials", 400],
  ["upstream rate limited", 502],
  ["rate limit quota exceeded", 429],
  ["lease count quota exceeded", 429],
  ["required index state not present", 412],
  ["functionality on this path has been removed", 404],
  ["relative paths not supported", 400],
  ["wrapping token is not valid or does not exist", 400],
]);

/** Lists errors as hosts do when a step of theirs failed. */
export function listErrors(...texts: readonly string[]): string {
  const count = texts.length === 1 ? "1 error occurred" : `${texts.length} errors occurred`;
  return `${count}:\n${texts.map((text) => `\t* ${text}\n`).join("")}\n`;
}

/** Says what the client gets for an error. Errors that are not themselves the answer are listed, except at logins. */
export function failureOf(thrown: unknown, options: { readonly isLogin: boolean }): Failure {
  if (thrown instanceof Failure) return thrown;
  const error = LogicalError.from(thrown);
  const text = error.isResponse || options.isLogin ? error.message : listErrors(error.message);
  const data = error.data === undefined || error.data === null ? {} : { data: error.data };
  return new Failure(statusOf(error), [text], { cause: thrown, ...data });
}

function statusOf(error: LogicalError): number {
  const base = error.isResponse ? 400 : 500;
  switch (error.kind) {
    case "coded":
      // An answer that comes along with the code makes hosts forget the code.
      return error.isResponse || !isFinalStatus(error.status) ? base : error.status;
    case "bad-request":
    case "invalid-request":
      return 400;
    case "permission-denied":
      return 403;
    case "unsupported-operation":
      return 405;
    case "unsupported-path":
      return 404;
    case "unknown":
      return statusOfText.get(error.message) ?? base;
    case "user":
    case "internal":
    case "multi-authz-pending":
    case "unrecoverable":
      return base;
    default:
      return error.kind satisfies never;
  }
}

/** A plugin may say any number. Those below 200 would leave the client waiting, and others cannot be sent. */
function isFinalStatus(status: number | undefined): status is number {
  return status !== undefined && Number.isInteger(status) && status >= 200 && status <= 999;
}
