import type { LogLevel } from "@vaultwright/core/launch";
import { createFeed, type Feed } from "./feed.ts";

/** The recent past of the server, as the page shows it. It is kept in memory only, and only so much of it. */
export interface Activity {
  readonly lines: Feed<LogLine>;
  readonly calls: Feed<PluginCall>;
}

/** A line of the log. */
export interface LogLine {
  readonly timeMs: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A call between host and plugin. It never holds what was sent, stored or answered. */
export interface PluginCall {
  /** Rises in the order in which calls begin; they are kept in the order in which they end. */
  readonly id: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** UUID of the mount; empty where the plugin was only asked what it is. */
  readonly mountUuid: string;
  /** Who is called: the plugin's backend, or the host's storage or system view. */
  readonly service: "backend" | "storage" | "system";
  readonly method: string;
  /** Operation and path of a request, key or prefix of a storage call. */
  readonly path: string;
  /** Size of the stored value. */
  readonly bytes?: number;
  /** `ok`, or the kind of the error. */
  readonly result: string;
}

const keptItems = 1000;

/** Makes the memory of the recent past. */
export function createActivity(): Activity {
  return { lines: createFeed(keptItems), calls: createFeed(keptItems) };
}
