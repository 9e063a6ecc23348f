import type { Stream } from "../../../http2/stream.ts";

/** Holds a sender back while a stream has much to send. */
export interface Drain {
  /** Gives what to wait for before more is sent; nothing where more may be sent at once. */
  wait(stream: Stream): Promise<void> | undefined;
  /** Everything was sent. */
  release(): void;
}

const enough = 65_536;

/** Makes what holds the sender of one stream back. */
export function createDrain(): Drain {
  let waiting: PromiseWithResolvers<void> | undefined;
  return {
    wait(stream) {
      if (stream.queued < enough) return undefined;
      waiting ??= Promise.withResolvers();
      return waiting.promise;
    },
    release() {
      waiting?.resolve();
      waiting = undefined;
    },
  };
}
