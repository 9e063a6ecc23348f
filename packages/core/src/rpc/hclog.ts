import { plainValue } from "./plain-value.ts";
import { writeStderr } from "./stderr.ts";

/** A value of a log line. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Levels of the host's logger, from the least to the most important. */
export const logLevels = ["trace", "debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Further facts of a log line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines that the host takes into its own log. */
export interface Log {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Makes a log whose lines all carry these fields. */
  with(fields: LogFields): Log;
}

export interface LogOptions {
  /** The logger's name, which the host shows as module. */
  readonly name?: string;
  write?(line: string): void;
  now?(): Date;
}

/** Makes a log in hclog's JSON format, on the real standard error. */
export function createLog(options: LogOptions = {}, fields: LogFields = {}): Log {
  const { name, write = writeStderr, now = () => new Date() } = options;
  const writer = (level: LogLevel) => (message: string, more?: LogFields) => {
    const head = { "@level": level, "@message": textOf(message), "@timestamp": timestampOf(now()) };
    write(lineOf(name === undefined ? head : { ...head, "@module": name }, { ...fields, ...more }));
  };
  return {
    trace: writer("trace"),
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    with: (more) => createLog(options, { ...fields, ...more }),
  };
}

/** A host panics on a message that is no string, and a log that throws would fail a request. */
function textOf(message: unknown): string {
  const plain = plainValue(message);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

// Hosts read lines into a buffer of 64 KiB and take a longer one apart.
const maxLineBytes = 60_000;
const maxValueLength = 1024;

function lineOf(head: Readonly<Record<string, string>>, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([key, value]) => [ordinaryKey(key), plainValue(value)] as const);
  const whole = `${JSON.stringify({ ...head, ...Object.fromEntries(pairs) })}\n`;
  if (fits(whole)) return whole;
  const cutHead = Object.fromEntries(Object.entries(head).map(([key, value]) => [key, cut(value, 8 * maxValueLength)]));
  const cutPairs = pairs.map(([key, value]) => [cut(key, maxValueLength), cutValue(value)]);
  const shorter = `${JSON.stringify({ ...cutHead, ...Object.fromEntries(cutPairs) })}\n`;
  if (fits(shorter)) return shorter;
  const shortHead = Object.fromEntries(Object.entries(head).map(([key, value]) => [key, cut(value, maxValueLength)]));
  return `${JSON.stringify({ ...shortHead, fields_left_out: pairs.length })}\n`;
}

/** A host panics on reserved members that are no strings, so a field never becomes one. */
function ordinaryKey(key: string): string {
  return key.startsWith("@") ? `field_${key.slice(1)}` : key;
}

function fits(line: string): boolean {
  return Buffer.byteLength(line) <= maxLineBytes;
}

function cutValue(value: Json): Json {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return cut(value, maxValueLength);
  const text = JSON.stringify(value);
  return text.length <= maxValueLength ? value : cut(text, maxValueLength);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // A character of two units stays whole.
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}... (${text.length - end} more)`;
}

/** Hosts read exactly six digits of a second; with fewer or more the line is not taken apart. */
function timestampOf(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}
