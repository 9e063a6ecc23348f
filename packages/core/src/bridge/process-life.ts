import { LogicalError } from "../logical/errors.ts";
import { RpcError } from "../rpc/status.ts";
import { PluginGone } from "./plugin-gone.ts";

/** Tells calls on a process that has ended from calls that failed. */
export interface ProcessLife {
  /** Makes a call; throws `PluginGone` if the process has ended or ends meanwhile. */
  during<T>(call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** Calls back once the process has ended; the result calls that off. */
  onGone(run: () => void): () => void;
}

/** How long after a broken connection the end of the process may become known. */
const noticeMs = 2000;

/** States that plugins answer with themselves; any other may be the connection of a process that is ending. */
const answers: ReadonlySet<string> = new Set(["unknown", "unimplemented", "invalid-argument", "not-found"]);

/** Watches a process. */
export function createProcessLife(exited: Promise<unknown>): ProcessLife {
  const waiting = new Set<() => void>();
  let isGone = false;
  exited.then(() => {
    isGone = true;
    for (const tell of waiting) tell();
    waiting.clear();
  });

  /** Resolves when the process has ended, or after a while if it has not. */
  function noticed(): Promise<void> {
    return new Promise((resolve) => {
      if (isGone) return resolve();
      const tell = () => {
        clearTimeout(timer);
        waiting.delete(tell);
        resolve();
      };
      const timer = setTimeout(tell, noticeMs);
      waiting.add(tell);
    });
  }

  async function explain(error: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    if (signal?.aborted) return signal.reason;
    if (!(error instanceof RpcError)) return error;
    if (!answers.has(error.status)) await noticed();
    if (isGone) return new PluginGone({ cause: error });
    const text = `rpc error: code = ${goName(error.status)} desc = ${error.message}`;
    return new LogicalError("unknown", text, { cause: error });
  }

  return {
    onGone(run) {
      if (isGone) run();
      else waiting.add(run);
      return () => waiting.delete(run);
    },
    during(call, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (isGone) return reject(new PluginGone());
        const leave = () => reject(new PluginGone());
        waiting.add(leave);
        call()
          .finally(() => waiting.delete(leave))
          .then(resolve, async (error) => reject(await explain(error, signal)));
      });
    },
  };
}

/** Spells a state as hosts show it. */
function goName(status: string): string {
  return status.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
