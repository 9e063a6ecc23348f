import type { Log } from "../logical/log.ts";
import type { CallOptions } from "../rpc/transport/transport.ts";
import { isUnimplemented } from "./host-storage.ts";

/** Sends to the host in the background, begun in their order, so that nobody waits for it. */
export interface Outbox {
  /** Takes a call for later; more than the outbox holds is lost. */
  post(call: (options: CallOptions) => Promise<unknown>): void;
  /** Counts something as lost that could not even be posted. */
  lose(error: unknown): void;
  /** Waits for what was posted, but not for a host that does not answer. */
  close(): Promise<void>;
}

const mostWaiting = 1000;
const mostAtOnce = 16;
const patienceMs = 5000;

/** Makes an outbox for something that hosts may not take; the log says so once, and once for each time that some is lost. */
export function createOutbox(what: string, log: Log): Outbox {
  const waiting: ((options: CallOptions) => Promise<unknown>)[] = [];
  const givenUp = new AbortController();
  let underWay = 0;
  let lost = 0;
  let isTaken = true;
  /** What all who close wait for: a mount that is replaced while it is cleaned up has two of them. */
  let idle: PromiseWithResolvers<void> | undefined;

  function lose(error: unknown): void {
    lost += 1;
    // One line for an outage, however many there are in it.
    if (lost === 1) log.warn(`${what} lost`, { error });
  }

  function refuse(): void {
    if (isTaken) log.debug(`the host takes no ${what}`);
    isTaken = false;
    waiting.length = 0;
  }

  async function make(call: (options: CallOptions) => Promise<unknown>): Promise<void> {
    try {
      await call({ signal: givenUp.signal, timeoutMs: patienceMs });
      if (lost > 0) log.info(`${what} sent again`, { lost });
      lost = 0;
    } catch (error) {
      if (isUnimplemented(error)) refuse();
      else lose(error);
    }
  }

  function pump(): void {
    while (underWay < mostAtOnce) {
      const call = waiting.shift();
      if (!call) break;
      underWay += 1;
      make(call).finally(() => {
        underWay -= 1;
        pump();
      });
    }
    if (underWay > 0) return;
    idle?.resolve();
    idle = undefined;
  }

  return {
    post(call) {
      if (!isTaken) return;
      if (waiting.length >= mostWaiting) return lose(new Error(`the host is behind by ${mostWaiting} ${what}`));
      waiting.push(call);
      pump();
    },
    lose,
    async close() {
      if (underWay === 0) return;
      const timer = setTimeout(() => {
        waiting.length = 0;
        givenUp.abort();
      }, patienceMs);
      idle ??= Promise.withResolvers();
      await idle.promise;
      clearTimeout(timer);
    },
  };
}
