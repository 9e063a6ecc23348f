import { styleText } from "node:util";
import type { Log, LogFields, LogLevel } from "@vaultwright/core/launch";

/** Gets a line of a log, with the fields of the log that it is written to. */
export type LogWriter = (level: LogLevel, message: string, fields: LogFields) => void;

/** Makes a log of a function that writes its lines. */
export function logTo(write: LogWriter, fields: LogFields = {}): Log {
  const at =
    (level: LogLevel) =>
    (message: string, more?: LogFields): void =>
      write(level, message, { ...fields, ...more });
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (more) => logTo(write, { ...fields, ...more }),
  };
}

/** Where a log goes; a terminal gets colours, unless its user wants none. */
export type LogStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

const levels: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];

/** Makes a log of one line for each event, for a person at a terminal and for a machine elsewhere. What is below a level is left out. */
export function createConsoleLog(stream: LogStream = process.stderr, lowest: LogLevel = "info"): Log {
  const line = stream.isTTY === true ? terminalLine : plainLine;
  return logTo((level, message, fields) => {
    if (levels.indexOf(level) < levels.indexOf(lowest)) return;
    stream.write(`${line({ stream, time: new Date(), level, message, fields })}\n`);
  });
}

/** Writes the value of a field as text. */
export function fieldText(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

interface Line {
  readonly stream: LogStream;
  readonly time: Date;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

type Format = Parameters<typeof styleText>[0];

const levelFormats: Readonly<Record<LogLevel, Format>> = {
  trace: "gray",
  debug: "gray",
  info: "green",
  warn: "yellow",
  error: "red",
};

/** The line that the server writes for each request. */
export const requestMessage = "request";

function plainLine({ time, level, message, fields: { logger, mount, ...fields } }: Line): string {
  const marks = [logger, mount].filter((mark) => mark !== undefined).map((mark) => `${fieldText(mark)}: `);
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${quoted(fieldText(value))}`);
  return `${time.toISOString()} [${level.toUpperCase()}] ${marks.join("")}${oneLine(message)}${pairs.length > 0 ? ":" : ""}${pairs.join("")}`;
}

function terminalLine({ stream, time, level, message, fields }: Line): string {
  const style = (format: Format, text: string): string => styleText(format, text, { stream });
  const clock = style("dim", timeOfDay(time));
  const { logger: _logger, mount, ...rest } = fields;
  const mark = mount === undefined ? "" : `${style("cyan", fieldText(mount))} `;
  if (message === requestMessage) {
    const outcome = style(statusFormat(Number(rest["status"])), fieldText(rest["status"]));
    const verb = style("bold", fieldText(rest["method"]).padEnd(6));
    const duration = style("dim", `${fieldText(rest["ms"]).padStart(7)} ms`);
    const path = oneLine(fieldText(rest["path"]));
    const mounted = mount !== undefined && path.startsWith(fieldText(mount)) ? fieldText(mount) : "";
    return `${clock} ${verb} ${outcome} ${duration}  ${style("cyan", mounted)}${path.slice(mounted.length)}`;
  }
  const pairs = Object.entries(rest).map(([name, value]) => ` ${style("dim", `${name}=`)}${quoted(fieldText(value))}`);
  return `${clock} ${style(levelFormats[level], level.toUpperCase().padEnd(6))} ${mark}${oneLine(message)}${pairs.join("")}`;
}

function statusFormat(status: number): Format {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "green";
}

/** The local time of day, to the millisecond. */
function timeOfDay(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(11, 23);
}

function quoted(text: string): string {
  return oneLine(/[\s"=\p{Cc}]/u.test(text) ? JSON.stringify(text) : text);
}

/** Writes control characters as escapes: a plugin's text must not move a terminal's cursor, nor begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}
