import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { LogLine, ServerUnderTest } from "./server.ts";

const stopTimeoutMs = 15_000;

/** A server that can also end without a word to its plugins. */
export interface KillableServer extends ServerUnderTest {
  kill(): Promise<void>;
}

/** The environment of a server. Plugins inherit it, and the test runner's variables are not part of what is tested. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

/** Ends a server in its own way and waits for that, for so long; one that does not run is left alone. */
export async function endProcess(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  ask();
  await exit;
  clearTimeout(timer);
}

/** Reads a line of a server's log, which is JSON; what is not is taken for a message at the given level. */
export function parseLogLine(line: string, otherwise: string): LogLine {
  if (!line.startsWith("{")) return { level: otherwise, message: line, fields: {} };
  const { "@level": level, "@message": message, "@timestamp": _, ...fields } = JSON.parse(line);
  return { level, message, fields };
}
