import { Connection } from "../../../http2/connection.ts";
import { RpcError } from "../../status.ts";
import type { Attach } from "./sockets/sockets.ts";
import { wait } from "./wait.ts";

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

/** Makes a connection by what opens pipes; `onChange` is called whenever calls may go on that had to wait. */
export function createReconnecting(open: (attach: Attach) => Promise<void>, onChange: () => void): Reconnecting {
  let connection: Connection | undefined;
  let attempt: Promise<Connection> | undefined;
  let failure: { readonly error: RpcError; readonly until: number } | undefined;
  let pause = firstPauseMs;
  let isClosed = false;

  const closed = () => new RpcError("unavailable", "the channel is closed");

  async function tryOnce(): Promise<Connection> {
    try {
      const made = await establish(open, onChange);
      if (isClosed) {
        made.shutDown();
        throw closed();
      }
      connection = made;
      failure = undefined;
      pause = firstPauseMs;
      return made;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const error = new RpcError("unavailable", reason, { cause });
      failure = { error, until: performance.now() + pause };
      pause = Math.min(pause * 1.6, longestPauseMs);
      throw error;
    } finally {
      attempt = undefined;
    }
  }

  const current = () => (connection?.isUsable ? connection : undefined);

  async function get(): Promise<Connection> {
    const standing = current();
    if (standing) return standing;
    if (isClosed) throw closed();
    if (!attempt && failure && performance.now() < failure.until) throw failure.error;
    attempt ??= tryOnce();
    return attempt;
  }

  return {
    current,
    get,
    async connect(signal) {
      while (!current()) {
        if (isClosed) throw closed();
        if (failure && !attempt) await wait(failure.until - performance.now(), signal);
        signal?.throwIfAborted();
        await get().catch(() => {});
      }
    },
    async close() {
      isClosed = true;
      connection?.shutDown();
      await attempt?.catch(() => {});
    },
  };
}

/** Opens a connection, and waits until the peer has shown that it speaks HTTP/2. */
async function establish(open: (attach: Attach) => Promise<void>, onChange: () => void): Promise<Connection> {
  const ready = Promise.withResolvers<void>();
  const made = Promise.withResolvers<Connection>();
  const timer = setTimeout(() => ready.reject(new Error(`no answer in ${attemptMs / 1000} seconds`)), attemptMs);
  // It is awaited after the pipe, and may fail before.
  ready.promise.catch(() => {});
  try {
    await open((pipe) => {
      const connection = new Connection(pipe, {
        ready: ready.resolve,
        changed: onChange,
        closed(error) {
          ready.reject(error ?? new Error("the peer has closed the connection"));
          onChange();
        },
      });
      made.resolve(connection);
      return connection;
    });
    const connection = await made.promise;
    await ready.promise.catch((error) => {
      connection.shutDown();
      throw error;
    });
    return connection;
  } finally {
    clearTimeout(timer);
  }
}
