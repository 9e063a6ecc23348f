import type { HostCallOptions } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { CallOptions } from "../rpc/transport/transport.ts";
import { isUnimplemented } from "./host-storage.ts";

type HostCall = (options: CallOptions) => Promise<unknown>;

/** Sends to the host in the background, begun in their order, so that nobody waits for it. */
export interface Outbox {
  /**
   * Prepares a call at once, unless the host is known to take none, and makes it later. What cannot be prepared is
   * lost, as is what the outbox has no room for.
   */
  post(prepare: () => HostCall): void;
  /** Waits for what was posted, but not for a host that does not answer. */
  close(): Promise<void>;
}

const mostWaiting = 1000;
const mostAtOnce = 16;
const patienceMs = 5000;

/** What an outbox is made with. */
export interface OutboxOptions {
  /** What is sent, in the plural. */
  readonly what: string;
  readonly log: Log;
  /** Asks a host that would take everything whether it is of use; asked once, and one that fails to say is sent to. */
  readonly isOfUse?: (options: HostCallOptions) => Promise<boolean>;
}

/** Makes an outbox for something that hosts may not take; the log says so once, and once for each time that some is lost. */
export function createOutbox({ what, log, isOfUse = async () => true }: OutboxOptions): Outbox {
  const waiting: HostCall[] = [];
  const givenUp = new AbortController();
  let underWay = 0;
  let lost = 0;
  let isTaken = true;
  let use: Promise<boolean> | undefined;
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

  /** A signal for a question, which has no time limit of its own. */
  function patience(): AbortSignal {
    return AbortSignal.any([givenUp.signal, AbortSignal.timeout(patienceMs)]);
  }

  async function make(call: HostCall): Promise<void> {
    const options = { signal: givenUp.signal, timeoutMs: patienceMs };
    use ??= isOfUse({ signal: patience() }).catch(() => true);
    try {
      if (!(await use)) return refuse();
      await call(options);
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
    post(prepare) {
      if (!isTaken) return;
      if (waiting.length >= mostWaiting) return lose(new Error(`the host is behind by ${mostWaiting} ${what}`));
      try {
        waiting.push(prepare());
      } catch (error) {
        return lose(error);
      }
      pump();
    },
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
