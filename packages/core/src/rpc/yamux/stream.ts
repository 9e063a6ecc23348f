import { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import { ack, fin, initialWindow, rst } from "./frame.ts";
import { YamuxError } from "./yamux-error.ts";

/** What a stream needs of its session. */
export interface StreamSession {
  readonly clock: Clock;
  readonly closeTimeoutMs: number;
  sendData(streamId: number, payload: Buffer, onTaken: () => void): void;
  sendWindowUpdate(streamId: number, flags: number, delta: number): void;
  /** The stream is over. */
  forget(streamId: number): void;
}

type Callback = (error?: Error | null) => void;

// Larger writes are cut, so that streams take turns.
const maxPayload = 64 * 1024;
const maxWindow = 2 ** 32 - 1;

/**
 * One of the streams that share a connection. `end` closes one direction, `destroy` resets the stream.
 *
 * Its readable half moves what came to `Readable` only when asked, and only then gives the credit back; so a slow reader
 * holds the writer, and a stream never holds much more than its window.
 */
export class YamuxStream extends Duplex {
  readonly id: number;
  readonly #session: StreamSession;
  #receiveCredit = initialWindow;
  #missing = 0;
  #consumed = 0;
  #sendCredit = initialWindow;
  readonly #received: Buffer[] = [];
  #isAsked = false;
  #isEndedByPeer = false;
  #isEnded = false;
  #isReset = false;
  #continueWrite: (() => void) | undefined;
  #callOffClose = () => {};

  constructor(id: number, session: StreamSession) {
    super({ allowHalfOpen: true });
    this.id = id;
    this.#session = session;
    // A stream can break before anybody has taken it, and an error that nobody listens for would end the process.
    this.on("error", () => {});
  }

  /** Tells the other side that the stream was taken. */
  acknowledge(): void {
    if (!this.destroyed) this.#session.sendWindowUpdate(this.id, ack, 0);
  }

  /** Books bytes that are announced. */
  expect(length: number): void {
    if (length > this.#receiveCredit) throw new YamuxError(`stream ${this.id} received more than its window`);
    if (length > 0 && this.#isEndedByPeer) throw new YamuxError(`stream ${this.id} received data after its end`);
    this.#receiveCredit -= length;
    this.#missing += length;
  }

  /** Takes bytes that came. */
  receive(bytes: Buffer): void {
    if (this.destroyed) return;
    this.#missing -= bytes.length;
    this.#received.push(bytes);
    if (this.#isAsked) this.#deliver();
  }

  /** The other side ends its direction, after what it has announced. */
  receiveEnd(): void {
    this.#isEndedByPeer = true;
    this.#callOffClose();
    if (this.#isAsked) this.#deliver();
  }

  /** The other side may send no more and will read no more. */
  receiveReset(): void {
    this.breakOff(new YamuxError(`stream ${this.id} was reset by the other side`));
  }

  /** The other side has room for more. */
  receiveCredit(delta: number): void {
    this.#sendCredit += delta;
    if (this.#sendCredit > maxWindow) throw new YamuxError(`the window of stream ${this.id} grew beyond its limit`);
    const write = this.#continueWrite;
    this.#continueWrite = undefined;
    write?.();
  }

  /** Ends the stream where the other side needs, or can get, no reset. */
  breakOff(error: YamuxError): void {
    this.#isReset = true;
    this.destroy(error);
  }

  override _read(): void {
    this.#isAsked = true;
    this.#deliver();
  }

  #deliver(): void {
    const next = this.#received.shift();
    if (!next) {
      if (this.#isEndedByPeer && this.#missing === 0) this.push(null);
      return;
    }
    this.#isAsked = false;
    this.#consumed += next.length;
    this.#returnCredit();
    this.push(next);
  }

  #returnCredit(): void {
    if (this.#consumed < initialWindow / 2 || this.#isEndedByPeer) return;
    this.#receiveCredit += this.#consumed;
    this.#session.sendWindowUpdate(this.id, 0, this.#consumed);
    this.#consumed = 0;
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: Callback): void {
    if (this.destroyed) return;
    if (chunk.length === 0) {
      callback();
      return;
    }
    if (this.#sendCredit === 0) {
      this.#continueWrite = () => this._write(chunk, encoding, callback);
      return;
    }
    const payload = chunk.subarray(0, Math.min(chunk.length, this.#sendCredit, maxPayload));
    this.#sendCredit -= payload.length;
    const rest = chunk.subarray(payload.length);
    this.#session.sendData(this.id, payload, () => {
      if (rest.length === 0) callback();
      else this._write(rest, encoding, callback);
    });
  }

  override _final(callback: Callback): void {
    this.#isEnded = true;
    this.#session.sendWindowUpdate(this.id, fin, 0);
    if (!this.#isEndedByPeer) this.#watchClose();
    callback();
  }

  #watchClose(): void {
    const { clock, closeTimeoutMs } = this.#session;
    this.#callOffClose = clock.after(closeTimeoutMs, () => {
      this.destroy(new YamuxError(`stream ${this.id} was not closed by the other side`));
    });
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#callOffClose();
    this.#received.length = 0;
    this.#continueWrite = undefined;
    const isClosed = this.#isEnded && this.#isEndedByPeer;
    if (!this.#isReset && !isClosed) this.#session.sendWindowUpdate(this.id, rst, 0);
    this.#session.forget(this.id);
    callback(error);
  }
}
