import type { Log, LogFields, LogLevel } from "../logical/log.ts";

/** A line that was logged. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** Makes a log that adds its lines to a list. */
export function createRecordedLog(lines: LogLine[], carried: LogFields = {}): Log {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields: { ...carried, ...fields } });
    };
  return {
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (fields) => createRecordedLog(lines, { ...carried, ...fields }),
  };
}
