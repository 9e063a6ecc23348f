import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** The cookie that Vault and OpenBao start backend plugins with. */
export const cookie: Readonly<Record<string, string>> = {
  VAULT_BACKEND_PLUGIN: "6669da05-b1c8-4f49-97d9-c8e5bed98e20",
};

/** How a plugin that was started by hand ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A plugin that was started by hand and serves. */
export interface Serving {
  readonly pid: number;
  /** The parts of its handshake line. */
  readonly handshake: readonly string[];
  /** What it wrote to standard error, once it has ended. */
  readonly stderr: Promise<string>;
  /** Ends it and waits for that. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Runs a plugin that is expected to end by itself. */
export async function runToEnd(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Ended> {
  const child = start(file, env, args);
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  clearTimeout(timer);
  return { code: typeof code === "number" ? code : null, stdout, stderr };
}

/** Runs a plugin up to its handshake line. */
export async function runToHandshake(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Serving> {
  const child = start(file, env, args);
  const exit = once(child, "exit");
  const stderr = text(child.stderr);
  const { pid } = child;
  for await (const line of createInterface(child.stdout)) {
    if (pid === undefined) break;
    return {
      pid,
      handshake: line.split("|"),
      stderr,
      async kill(signal = "SIGKILL") {
        child.kill(signal);
        await exit;
      },
    };
  }
  throw new Error(`${file} ended without a handshake line: ${await stderr}`);
}

/** Runs a plugin as the child of a shell, up to its handshake line, so that its parent can be ended. */
export async function runUnderShell(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly pid: number; readonly parent: number }> {
  const shell = start("/bin/sh", env, ["-c", '"$0" & echo "pid $!"; wait', file]);
  let pid: number | undefined;
  let serves = false;
  for await (const line of createInterface(shell.stdout)) {
    if (line.startsWith("pid ")) pid = Number(line.slice(4));
    else serves = true;
    if (serves && pid !== undefined && shell.pid !== undefined) return { pid, parent: shell.pid };
  }
  throw new Error(`${file} ended without a handshake line`);
}

function start(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(file, args, { env: { PATH: process.env["PATH"], ...env }, stdio: ["ignore", "pipe", "pipe"] });
}
