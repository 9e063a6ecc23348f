import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plugins } from "./plugins.ts";

/** Process ids of the running processes of this executable. */
export function processesOf(file: string): readonly number[] {
  return process.platform === "linux" ? fromProc(file) : fromPs(file);
}

/** Whether a process exists; one that ended does until its parent has taken note of it. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Process ids of all running processes of a plugin directory. */
export function runningPlugins(directory: string): readonly number[] {
  return plugins.flatMap(({ name }) => processesOf(join(directory, name)));
}

/** Waits until a condition holds; fails, naming it, when it does not within the time. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs / 1000} seconds`);
    await sleep(50);
  }
}

function fromProc(file: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && executable(name) === file)
    .map(Number);
}

function executable(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    // The process ended meanwhile, or belongs to somebody else.
    return undefined;
  }
}

function fromPs(file: string): readonly number[] {
  const lines = execFileSync("ps", ["-axo", "pid=,comm="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.trim().endsWith(` ${file}`)).map((line) => Number.parseInt(line, 10));
}
