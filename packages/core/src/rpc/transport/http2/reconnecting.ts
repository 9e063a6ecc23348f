import { Connection } from "../../../http2/connection.ts";
import { RpcError } from "../../status.ts";
import type { Attach } from "./sockets/sockets.ts";
import { unlessAborted, wait } from "./wait.ts";

/** A connection that is made when it is needed, and again when it has broken. */
export interface Reconnecting {
  /** The connection, if it stands and takes calls. */
  current(): Connection | undefined;
  /** Gives the connection; makes one attempt if there is none. Soon after a failed attempt it gives that one's error. */
  get(): Promise<Connection>;
  /** Resolves once the connection stands, after as many attempts as it takes. */
  connect(signal: AbortSignal | undefined): Promise<void>;
  /** Ends it, and an attempt that is under way. */
  close(): Promise<void>;
}

const firstPauseMs = 100;
const longestPauseMs = 2000;
const attemptMs = 20_000;

/** Opens a pipe; gives it up when the signal aborts. */
type Open = (attach: Attach, signal: AbortSignal) => Promise<void>;

/** Makes a connection by what opens pipes; `onChange` is called whenever calls may go on that had to wait. */
export function createReconnecting(open: Open, onChange: () => void): Reconnecting {
  /** The one for new calls. */
  let connection: Connection | undefined;
  /** This one, and those that end once their last call has. */
  const connections = new Set<Connection>();
  const closing = new AbortController();
  let attempt: Promise<Connection> | undefined;
  let failure: { readonly error: RpcError; readonly until: number } | undefined;
  let pause = firstPauseMs;

  const closed = () => new RpcError("unavailable", "the channel is closed");

  const events = {
    changed: onChange,
    closed(ended: Connection) {
      connections.delete(ended);
      onChange();
    },
  };

  async function tryOnce(): Promise<Connection> {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(new Error(`no answer in ${attemptMs / 1000} seconds`)), attemptMs);
    const close = () => giveUp.abort(closed());
    closing.signal.addEventListener("abort", close);
    try {
      const made = await establish(open, events, giveUp.signal);
      // Otherwise a peer that leaves as soon as it has greeted is connected to again at once, for ever.
      if (!made.isUsable) throw new Error("the peer takes no calls");
      connection = made;
      connections.add(connection);
      failure = undefined;
      pause = firstPauseMs;
      return connection;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const error = new RpcError("unavailable", reason, { cause });
      failure = { error, until: performance.now() + pause };
      pause = Math.min(pause * 1.6, longestPauseMs);
      throw error;
    } finally {
      attempt = undefined;
      clearTimeout(timer);
      closing.signal.removeEventListener("abort", close);
    }
  }

  const current = () => (connection?.isUsable ? connection : undefined);

  async function get(): Promise<Connection> {
    const standing = current();
    if (standing) return standing;
    if (closing.signal.aborted) throw closed();
    if (!attempt && failure && performance.now() < failure.until) throw failure.error;
    attempt ??= tryOnce();
    return attempt;
  }

  return {
    current,
    get,
    async connect(signal) {
      while (!current()) {
        if (closing.signal.aborted) throw closed();
        if (failure && !attempt) await wait(failure.until - performance.now(), signal);
        signal?.throwIfAborted();
        await unlessAborted(get(), signal);
      }
    },
    async close() {
      closing.abort();
      for (const open of [...connections]) open.shutDown();
      await attempt?.catch(() => {});
    },
  };
}

/** Opens a connection, and waits until the peer has shown that it speaks HTTP/2. */
function establish(open: Open, events: { changed(): void; closed(made: Connection): void }, signal: AbortSignal) {
  return new Promise<Connection>((resolve, reject) => {
    const attach: Attach = (pipe) => {
      const connection = new Connection(pipe, {
        ready: () => resolve(connection),
        changed: events.changed,
        closed(error) {
          reject(error ?? new Error("the peer has closed the connection"));
          events.closed(connection);
        },
      });
      signal.addEventListener("abort", () => connection.shutDown(), { once: true });
      return connection;
    };
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    open(attach, signal).catch(reject);
  });
}
