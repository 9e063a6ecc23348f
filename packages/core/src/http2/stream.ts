import type { HeaderField } from "./hpack/decoder.ts";

/** What happens on a stream. */
export interface StreamListener {
  /** A block of header fields; the second one is the trailers. With `end` nothing follows. */
  headers(fields: readonly HeaderField[] | "too-large", end: boolean): void;
  /** Bytes of the body, which count against the stream's window until they are given to `consume`. */
  data(bytes: Uint8Array, end: boolean): void;
  /** Everything that was sent is with the connection; more may be. */
  drained?(): void;
  /** The stream ended before its time: with one of `errorCodes`, or with its connection. Nothing else happens on it. */
  aborted(code: number | undefined, reason: string): void;
}

/** What a stream needs of its connection. */
export interface StreamOwner {
  writeHeaders(stream: Stream, fields: readonly HeaderField[], end: boolean): void;
  /** Sends of a stream's queue what the windows allow, and the rest when they allow it. */
  pump(stream: Stream): void;
  /** Ends a stream on both sides. */
  reset(stream: Stream, code: number): void;
  /** Gives bytes back to the stream's window. */
  widen(stream: Stream, bytes: number): void;
}

/** One request with its answer. A class, since a connection makes thousands a second. */
export class Stream {
  readonly id: number;
  listener: StreamListener | undefined;
  /** How many bytes of body the peer takes now; negative after its settings made windows smaller. */
  sendWindow: number;
  /** How many bytes of body the peer may still send. */
  receiveWindow: number;
  /** Bytes that are used up and not yet given back to the peer. */
  consumed = 0;
  /** What a `content-length` says is still to come. */
  expected: number | undefined;
  hasHeaders = false;
  localEnded = false;
  remoteEnded = false;
  /** Body that waits for the windows. */
  queued = 0;
  /** The body is complete; the end follows it. */
  ending = false;
  trailers: readonly HeaderField[] | undefined;
  readonly #owner: StreamOwner;
  readonly #queue: Uint8Array[] = [];
  #head = 0;

  constructor(owner: StreamOwner, id: number, windows: { readonly send: number; readonly receive: number }) {
    this.#owner = owner;
    this.id = id;
    this.sendWindow = windows.send;
    this.receiveWindow = windows.receive;
  }

  /** Whether both sides are done with it. */
  get isClosed(): boolean {
    return this.localEnded && this.remoteEnded;
  }

  /** Sends the first block of header fields. */
  sendHeaders(fields: readonly HeaderField[], end = false): void {
    if (!this.localEnded) this.#owner.writeHeaders(this, fields, end);
  }

  /** Sends body after what was sent before; the bytes must not change afterwards. */
  sendData(bytes: Uint8Array): void {
    if (this.localEnded || this.ending || bytes.length === 0) return;
    this.#queue.push(bytes);
    this.queued += bytes.length;
  }

  /** Ends this side after what was sent. */
  end(trailers?: readonly HeaderField[]): void {
    if (this.localEnded || this.ending) return;
    this.ending = true;
    this.trailers = trailers;
    this.flush();
  }

  /** Lets the connection send what was given to `sendData`. */
  flush(): void {
    if (!this.localEnded) this.#owner.pump(this);
  }

  /** Says that bytes of the body are used up, so that the peer may send as many more. */
  consume(bytes: number): void {
    if (!this.remoteEnded) this.#owner.widen(this, bytes);
  }

  /** Ends the stream at once on both sides; the listener hears no more of it. */
  reset(code: number): void {
    this.listener = undefined;
    if (!this.isClosed) this.#owner.reset(this, code);
  }

  /** Moves the first bytes of the queue to where they are sent from. */
  takeQueued(target: Uint8Array): void {
    let at = 0;
    while (at < target.length) {
      const first = this.#queue[0];
      if (!first) break;
      const taken = Math.min(first.length - this.#head, target.length - at);
      const isWhole = this.#head === 0 && taken === first.length;
      target.set(isWhole ? first : first.subarray(this.#head, this.#head + taken), at);
      at += taken;
      this.#head += taken;
      if (this.#head < first.length) break;
      this.#queue.shift();
      this.#head = 0;
    }
    this.queued -= at;
  }

  /** Forgets everything that was to be sent. */
  clear(): void {
    this.#queue.length = 0;
    this.queued = 0;
    this.trailers = undefined;
  }
}
