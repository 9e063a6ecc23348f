import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * What the load generator sends; see `go/load/main.go`. In `path` and `body`, `{n}` stands for a number of eight digits, which is
 * never sent twice unless `first` says so, and `{k}` for one below `count`.
 */
export interface Job {
  readonly connections: number;
  /** It ends after this time, or after so many requests, whatever comes first. */
  readonly milliseconds?: number;
  readonly requests?: number;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Where numbers count from. */
  readonly first?: number;
  readonly count?: number;
  readonly token?: string;
  /** The only status that is no failure. */
  readonly status: number;
}

/** What came of a job. Times are microseconds. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends load from a process of its own. */
export interface LoadGenerator extends AsyncDisposable {
  /** Sends a job and waits for its end; an unexpected answer is thrown. One at a time. */
  run(job: Job): Promise<Load>;
}

/** Starts the load generator against a server. */
export function startLoad(file: string, server: string): LoadGenerator {
  const child = spawn(file, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exit = once(child, "exit");
  const address = new URL(server).host;
  let unused = 0;
  return {
    async run(job) {
      const { first = unused } = job;
      child.stdin.write(`${JSON.stringify({ address, ...job, first })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the load generator ended; its own message is above");
      const { error, ...load }: Load & { readonly error?: string } = JSON.parse(value);
      if (error !== undefined) throw new Error(error);
      unused = Math.max(unused, first + load.requests + job.connections);
      return load;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exit;
    },
  };
}
