import type { YamuxStream } from "./stream.ts";
import type { YamuxError } from "./yamux-error.ts";

/** Streams that the other side has opened and nobody has taken. */
export interface AcceptQueue {
  isFull(): boolean;
  push(stream: YamuxStream): void;
  /** Takes the oldest, or the next that comes. */
  next(): Promise<YamuxStream>;
  forget(streamId: number): void;
  /** There will be no more. */
  end(reason: YamuxError): void;
}

interface Taker {
  resolve(stream: YamuxStream): void;
  reject(reason: YamuxError): void;
}

/** Makes a queue that holds so many streams. */
export function createAcceptQueue(limit: number): AcceptQueue {
  const waiting = new Map<number, YamuxStream>();
  const takers: Taker[] = [];
  let ended: YamuxError | undefined;

  return {
    isFull: () => waiting.size >= limit,
    push(stream) {
      const taker = takers.shift();
      if (!taker) {
        waiting.set(stream.id, stream);
        return;
      }
      stream.acknowledge();
      taker.resolve(stream);
    },
    next() {
      for (const [id, stream] of waiting) {
        waiting.delete(id);
        stream.acknowledge();
        return Promise.resolve(stream);
      }
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => takers.push({ resolve, reject }));
    },
    forget(streamId) {
      waiting.delete(streamId);
    },
    end(reason) {
      ended ??= reason;
      for (const taker of takers.splice(0)) taker.reject(reason);
    },
  };
}
