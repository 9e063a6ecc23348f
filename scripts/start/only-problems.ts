import type { Log } from "@vaultwright/core";

/** Makes a log of one that leaves out what only tells what happens. */
export function onlyProblems(log: Log): Log {
  const silent = (): void => {};
  return { ...log, trace: silent, debug: silent, info: silent, with: (fields) => onlyProblems(log.with(fields)) };
}
