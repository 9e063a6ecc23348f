import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What the Go host is asked to do: a call of Vault's SDK, on a mount where it is one of a mount's. */
export interface GoCall {
  readonly call: string;
  readonly mount?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly operation?: string;
  readonly path?: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** Cancels the call after so long. */
  readonly cancel_ms?: number;
  readonly key?: string;
}

/** What came of it: a value or, by Go's type, a failure. */
export interface GoAnswer {
  readonly value?: unknown;
  readonly error?: {
    readonly type: string;
    readonly text: string;
    /** Name of the value that hosts compare with; empty for other failures. */
    readonly sentinel: string;
    readonly code?: number;
    readonly grpc?: string;
  };
  readonly [more: string]: unknown;
}

/** A plugin under Vault's SDK. */
export interface GoHost {
  call(asked: GoCall): Promise<GoAnswer>;
  /** The lines of its log, the plugin's among them. */
  logs(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a host that was built before, with one plugin; sockets of both lie in `TMPDIR`. */
export function startGoHost(host: string, plugin: string, environment: NodeJS.ProcessEnv = {}): GoHost {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(host, [plugin], { env: { PATH, HOME, TMPDIR, ...environment } });
  const exit = once(child, "exit");
  const logs: string[] = [];
  createInterface(child.stderr).on("line", (line) => logs.push(line));
  const waiting = answersOf(child, logs);
  let last = 0;
  return {
    logs: () => logs,
    call(asked) {
      last += 1;
      const answer = new Promise<GoAnswer>((resolve, reject) => waiting.set(last, { resolve, reject }));
      child.stdin.write(`${JSON.stringify({ id: last, ...asked })}\n`);
      return answer;
    },
    async stop() {
      child.stdin.end();
      await exit;
    },
  };
}

interface Waiting {
  resolve(answer: GoAnswer): void;
  reject(error: Error): void;
}

function answersOf(child: ChildProcessWithoutNullStreams, logs: readonly string[]): Map<number, Waiting> {
  const waiting = new Map<number, Waiting>();
  createInterface(child.stdout).on("line", (line) => {
    const { id, ...answer }: GoAnswer & { id: number } = JSON.parse(line);
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.on("exit", () => {
    for (const { reject } of waiting.values()) reject(new Error(`the Go host ended: ${logs.slice(-3).join("\n")}`));
  });
  return waiting;
}
