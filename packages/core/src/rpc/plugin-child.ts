import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { type Handshake, parseHandshake } from "./handshake.ts";
import { onLines } from "./lines.ts";
import { createLogLineParser, type LogLine } from "./log-line.ts";
import { PluginError } from "./plugin-error.ts";
import { removeSocketOf } from "./socket-directory.ts";
import type { Address } from "./transport/transport.ts";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A plugin's process, from its start on. */
export interface PluginChild {
  readonly pid: number;
  readonly handshake: Promise<Handshake>;
  /** Resolves always; nothing of the process is left then. */
  readonly exited: Promise<Exit>;
  /** The last line on its standard error that says something, empty when there was none. */
  lastWords(): string;
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
  const child = spawnChild(file, args, env);
  const pid = await spawned(child);
  const ended = new Promise<Exit>((resolve) => {
    // `close` comes after the last line of output, which may say why the process ended; but a process that this one
    // has started may keep the output open for longer.
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("exit", (code, signal) => {
      const late = setTimeout(() => resolve({ code, signal }), lastOutputMs);
      child.once("close", () => clearTimeout(late));
    });
  });

  let address: Address | undefined;
  const exited = ended.then((exit) => {
    // What still holds the other ends must not keep this process from ending.
    child.stdout.destroy();
    child.stderr.destroy();
    if (address) removeSocketOf(address);
    return exit;
  });

  let lastMessage = "";
  const parse = createLogLineParser();
  onLines(child.stderr, (text) => {
    const line = parse(text);
    if (!isAfterError.test(line.message)) lastMessage = line.message;
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
        address = parsed.address;
        resolve(parsed);
      } catch (error) {
        reject(error);
      }
    });
    exited.then((exit) => reject(exitedBeforeHandshake(exit)));
  });
  // Whoever started the process may have given up before this is settled.
  handshake.catch(() => {});

  return { pid, handshake, exited, lastWords: () => lastMessage, end: () => void child.kill("SIGKILL") };
}

const lastOutputMs = 500;

/** What Node and Bun write below an error that nobody caught: frames of the stack, blank lines, their own version. */
const isAfterError = /^\s*$|^\s+at |^(Node\.js|Bun) v\d/;

type Child = ChildProcessByStdio<null, Readable, Readable>;

function spawnChild(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  try {
    return spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  } catch (cause) {
    throw spawnFailed(cause);
  }
}

function spawned(child: Child): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    // Later errors are of signals that could not be sent.
    child.on("error", (cause) => reject(spawnFailed(cause)));
  });
}

function spawnFailed(cause: unknown): PluginError {
  return new PluginError("spawn-failed", cause instanceof Error ? cause.message : String(cause), { cause });
}

function exitedBeforeHandshake({ code, signal }: Exit): PluginError {
  const how = signal === null ? `with code ${code}` : `by signal ${signal}`;
  return new PluginError("exited-before-handshake", `it ended ${how} before it said where it listens`);
}
