/** Levels of the host's logger, from the least to the most important. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** Further facts of a log line. An `Error` is written as its message. Never put a secret here. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines to the host's log: a fixed message, and what varies in fields. */
export interface Log {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Makes a log whose lines all carry these fields. */
  with(fields: LogFields): Log;
}
