import type { Clock } from "../clock.ts";
import type { YamuxStream } from "./stream.ts";
import { YamuxError } from "./yamux-error.ts";

/** Opens streams, no more at once than the other side keeps for taking. */
export interface Opener {
  open(): Promise<YamuxStream>;
  /** The other side has taken the stream, or it is over. */
  settled(streamId: number): void;
  /** No stream can be opened any more. */
  refuse(reason: YamuxError): void;
}

export interface OpenerOptions {
  readonly clock: Clock;
  readonly firstId: number;
  readonly limit: number;
  start(streamId: number): YamuxStream;
  /** Called when the other side does not take a stream. */
  onSilence(error: YamuxError): void;
}

const openTimeoutMs = 75_000;
const maxId = 2 ** 32 - 1;

/** Makes the half of a session that opens streams. */
export function createOpener({ clock, firstId, limit, start, onSilence }: OpenerOptions): Opener {
  const untaken = new Map<number, () => void>();
  const waiting: { go(): void; refuse(reason: YamuxError): void }[] = [];
  let nextId = firstId;
  let refusal: YamuxError | undefined;

  function openNow(): YamuxStream {
    if (refusal) throw refusal;
    if (nextId > maxId) throw new YamuxError("the session has no more numbers for streams");
    const id = nextId;
    nextId += 2;
    // Go gives the whole session up then (session.go, setOpenTimeout).
    const silent = () => onSilence(new YamuxError(`stream ${id} was not taken in time`));
    untaken.set(id, clock.after(openTimeoutMs, silent));
    return start(id);
  }

  return {
    async open() {
      // Somebody else may have come in between.
      while (untaken.size >= limit && !refusal) {
        await new Promise<void>((go, refuse) => waiting.push({ go, refuse }));
      }
      return openNow();
    },
    settled(streamId) {
      const callOff = untaken.get(streamId);
      if (!callOff) return;
      callOff();
      untaken.delete(streamId);
      waiting.shift()?.go();
    },
    refuse(reason) {
      refusal ??= reason;
      for (const { refuse } of waiting.splice(0)) refuse(reason);
    },
  };
}
