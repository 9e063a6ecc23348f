import { type Context, LogicalError } from "@vaultwright/core";

/**
 * Works on one of many secrets. Where its record cannot be read, the log tells of it and nothing is given, since the others
 * do not depend on it; a storage that is out of order, and an end of the request, are thrown.
 */
export async function ifReadable<T>(
  { log, signal }: Pick<Context<unknown>, "log" | "signal">,
  key: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (LogicalError.find(error) || signal.aborted) throw error;
    log.error("a secret cannot be read and was left out", { path: key, error });
    return undefined;
  }
}
