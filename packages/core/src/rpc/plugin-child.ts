import { type ChildProcessByStdio, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import type { Readable } from "node:stream";
import { type Handshake, parseHandshake } from "./handshake.ts";
import { onLines } from "./lines.ts";
import { createLogLineParser, type LogLine } from "./log-line.ts";
import { PluginError } from "./plugin-error.ts";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A plugin's process, from its start on. */
export interface PluginChild {
  readonly pid: number;
  readonly handshake: Promise<Handshake>;
  readonly exited: Promise<Exit>;
  end(): void;
}

export interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly versions: readonly number[];
  onLog?(line: LogLine): void;
}

/** Starts the process and reads what it says; nothing of it is left behind when it has ended. */
export async function startChild({ file, args, env, versions, onLog }: ChildOptions): Promise<PluginChild> {
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const pid = await spawned(child, file);
  const exited = new Promise<Exit>((resolve) => {
    // `close` comes after the last line of output, which may say why the process ended; but a process that this one
    // has started may keep the output open for longer.
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), lastOutputMs));
  });

  let lastMessage = "";
  const parse = createLogLineParser();
  onLines(child.stderr, (text) => {
    const line = parse(text);
    lastMessage = line.message;
    onLog?.(line);
  });

  const handshake = new Promise<Handshake>((resolve, reject) => {
    let isFirst = true;
    // Later lines are read too, and dropped: a full pipe would block the plugin.
    onLines(child.stdout, (line) => {
      if (!isFirst) return;
      isFirst = false;
      try {
        const parsed = parseHandshake(line, versions);
        removeSocketAfter(exited, parsed);
        resolve(parsed);
      } catch (error) {
        reject(error);
      }
    });
    exited.then((exit) => reject(exitedBeforeHandshake(file, exit, lastMessage)));
  });
  // Whoever started the process may have given up before this is settled.
  handshake.catch(() => {});

  return { pid, handshake, exited, end: () => void child.kill("SIGKILL") };
}

const lastOutputMs = 500;

type Child = ChildProcessByStdio<null, Readable, Readable>;

function spawned(child: Child, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.once("error", (cause) => {
      reject(new PluginError("spawn-failed", `cannot start ${file}: ${cause.message}`, { cause }));
    });
  });
}

/** A plugin that was killed leaves its socket behind. */
function removeSocketAfter(exited: Promise<Exit>, { address: { network, address } }: Handshake): void {
  if (network === "unix") exited.then(() => rmSync(address, { force: true }));
}

function exitedBeforeHandshake(file: string, { code, signal }: Exit, lastMessage: string): PluginError {
  const how = signal === null ? `with code ${code}` : `by signal ${signal}`;
  const said = lastMessage === "" ? "" : `; its last words: ${lastMessage}`;
  return new PluginError("exited-before-handshake", `plugin ${file} ended ${how} before it could be used${said}`);
}
