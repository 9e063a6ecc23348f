import { type Json, type LogLevel, logLevels } from "./hclog.ts";

/** A line of a plugin's log, as the host understands it. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /** The logger's name. */
  readonly module?: string;
  /** The plugin's own time, as it wrote it. */
  readonly timestamp?: string;
  readonly fields: { readonly [key: string]: Json };
}

/** Makes a reader of the lines of one process; a crash report goes over several of them. */
export function createLogLineParser(): (line: string) => LogLine {
  let isCrashing = false;
  return (line) => {
    const structured = parseJsonLine(line);
    if (structured) return structured;
    const marked = /^\[(TRACE|DEBUG|INFO|WARN|ERROR)\] ?(.*)$/s.exec(line);
    const level = levelOf(marked?.[1]?.toLowerCase());
    if (level) return { level, message: marked?.[2] ?? "", fields: {} };
    isCrashing ||= line.startsWith("panic: ") || line.startsWith("fatal error: ");
    return { level: isCrashing ? "error" : "debug", message: line, fields: {} };
  };
}

const timestampLayout = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;

function parseJsonLine(line: string): LogLine | undefined {
  const members = parseObject(line);
  if (!members) return undefined;
  const { "@level": level, "@message": message = "", "@timestamp": timestamp, "@module": module, ...fields } = members;
  const known = typeof level === "string" ? levelOf(level) : undefined;
  if (!known || typeof message !== "string") return undefined;
  if (timestamp !== undefined && !(typeof timestamp === "string" && timestampLayout.test(timestamp))) return undefined;
  return {
    level: known,
    message,
    ...(typeof module === "string" && { module }),
    ...(timestamp !== undefined && { timestamp }),
    fields,
  };
}

function levelOf(name: string | undefined): LogLevel | undefined {
  return logLevels.find((level) => level === name);
}

function parseObject(line: string): { [key: string]: Json } | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
