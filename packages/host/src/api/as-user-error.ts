import { LogicalError, UserError } from "@vaultwright/core/launch";
import { Failure } from "../requests/failure.ts";

/** Runs what a caller asked the host to do with a mount or a lease; what goes wrong is then the caller's to know. */
export async function asUserError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const error = LogicalError.from(cause);
    throw error.isResponse || error.kind === "coded" ? error : new UserError(error.message, { cause });
  }
}
