import type { Log } from "@vaultwright/core/launch";

/** A log that nobody reads. */
export const silentLog: Log = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  with: () => silentLog,
};
