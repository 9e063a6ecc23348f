import type { Log, LogFields, LogLevel } from "@vaultwright/core/launch";

/** Makes a log that writes to standard error, a line for each event. Trace and debug are left out. */
export function createConsoleLog(fields: LogFields = {}): Log {
  const write =
    (level: LogLevel) =>
    (message: string, more: LogFields = {}): void => {
      const { logger, ...rest } = { ...fields, ...more };
      const name = typeof logger === "string" ? `${logger}: ` : "";
      const pairs = Object.entries(rest).map(([key, value]) => ` ${key}=${text(value)}`);
      process.stderr.write(
        `${new Date().toISOString()} [${level.toUpperCase()}] ${name}${message}${pairs.length > 0 ? ":" : ""}${pairs.join("")}\n`,
      );
    };
  return {
    trace: () => {},
    debug: () => {},
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (more) => createConsoleLog({ ...fields, ...more }),
  };
}

function text(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(value.message);
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return /[\s"=]/.test(written ?? "") ? JSON.stringify(written) : String(written);
}
