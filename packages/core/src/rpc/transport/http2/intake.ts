import { createQueue, type Queue } from "../../queue.ts";

/** The messages that arrive on a stream, for one reader, who holds the sender back by not reading them. */
export interface Intake {
  readonly messages: Queue<Uint8Array>;
  /**
   * Counts bytes that have arrived. While the reader waits for a message that is not complete, they are given back to
   * the sender's window at once, since one longer than the window must come in before it can be read.
   */
  count(bytes: number, isWithinMessage: boolean): void;
}

/** Makes an intake; `consume` gives bytes back to the sender's window. */
export function createIntake(consume: (bytes: number) => void): Intake {
  let unread = 0;
  const release = () => {
    consume(unread);
    unread = 0;
  };
  const messages = createQueue<Uint8Array>(release);
  return {
    messages,
    count(bytes, isWithinMessage) {
      unread += bytes;
      if (isWithinMessage && messages.isAwaited) release();
    },
  };
}
