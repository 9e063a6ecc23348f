import type { Clock } from "../clock.ts";
import { YamuxError } from "./yamux-error.ts";

/** Asks the other side for signs of life. */
export interface KeepAlive {
  ping(): Promise<void>;
  /** The other side has answered. */
  answered(value: number): void;
  close(): void;
}

export interface KeepAliveOptions {
  readonly clock: Clock;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  send(value: number): void;
  onSilence(error: YamuxError): void;
}

const intervalMs = 30_000;

/** Asks every thirty seconds, and whenever somebody wants to know. */
export function createKeepAlive({ clock, timeoutMs, send, onSilence }: KeepAliveOptions): KeepAlive {
  const asked = new Map<number, { answer(): void; giveUp(error: YamuxError): void }>();
  let lastValue = 0;
  let isClosed = false;
  let callOffNext = () => {};

  function ping(): Promise<void> {
    if (isClosed) return Promise.reject(new YamuxError("the session is closed"));
    lastValue = (lastValue + 1) % 2 ** 32;
    const value = lastValue;
    return new Promise((resolve, reject) => {
      const settle = () => {
        callOff();
        asked.delete(value);
      };
      const giveUp = (error: YamuxError) => {
        settle();
        reject(error);
      };
      const callOff = clock.after(timeoutMs, () => giveUp(new YamuxError("a ping was not answered in time")));
      const answer = () => {
        settle();
        resolve();
      };
      asked.set(value, { answer, giveUp });
      send(value);
    });
  }

  function schedule(): void {
    if (isClosed) return;
    callOffNext = clock.after(intervalMs, () => {
      ping().then(schedule, () => {
        if (!isClosed) onSilence(new YamuxError("the other side does not answer any more"));
      });
    });
  }
  schedule();

  return {
    ping,
    answered: (value) => asked.get(value)?.answer(),
    close() {
      isClosed = true;
      callOffNext();
      for (const { giveUp } of [...asked.values()]) giveUp(new YamuxError("the session is closed"));
    },
  };
}
