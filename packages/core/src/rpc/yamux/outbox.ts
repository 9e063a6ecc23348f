import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import { encodeFrame, type Frame } from "./frame.ts";
import { YamuxError } from "./yamux-error.ts";

/** Writes the frames of a session. */
export interface Outbox {
  /** Writes a frame; calls back once the connection has taken it. */
  send(frame: Frame, payload?: Buffer, onTaken?: () => void): void;
  /** Writes what the other side's frame asks for, which it can make any number of. */
  reply(frame: Frame): void;
  close(): void;
}

export interface OutboxOptions {
  readonly connection: Duplex;
  readonly clock: Clock;
  /** How long the connection may take nothing. */
  readonly timeoutMs: number;
  /** Called when the connection takes nothing any more. */
  onStalled(error: YamuxError): void;
}

const maxPendingReplies = 4096;

/** Makes the writing half of a session. */
export function createOutbox({ connection, clock, timeoutMs, onStalled }: OutboxOptions): Outbox {
  let pending = 0;
  let pendingReplies = 0;
  let callOff = () => {};

  function watch(): void {
    callOff();
    callOff = () => {};
    if (pending > 0) callOff = clock.after(timeoutMs, () => onStalled(new YamuxError("connection write timeout")));
  }

  function send(frame: Frame, payload?: Buffer, onTaken?: () => void): void {
    pending += 1;
    if (pending === 1) watch();
    const taken = () => {
      pending -= 1;
      watch();
      onTaken?.();
    };
    if (!payload) {
      connection.write(encodeFrame(frame), taken);
      return;
    }
    connection.cork();
    connection.write(encodeFrame(frame));
    connection.write(payload, taken);
    connection.uncork();
  }

  return {
    send,
    reply(frame) {
      // Otherwise somebody who only asks, and never reads, fills the memory.
      if (pendingReplies >= maxPendingReplies)
        throw new YamuxError("the other side does not read the answers to its frames");
      pendingReplies += 1;
      send(frame, undefined, () => {
        pendingReplies -= 1;
      });
    },
    close: () => callOff(),
  };
}
