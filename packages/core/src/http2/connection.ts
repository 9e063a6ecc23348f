import { createFrameReader, type FrameReader, type FrameSink } from "./frame-reader.ts";
import { createFrameWriter, type FrameWriter } from "./frame-writer.ts";
import type { HeaderField } from "./hpack/decoder.ts";
import { ConnectionError, StreamError } from "./http2-error.ts";
import { checkRequest, Inbound, type InboundOwner } from "./inbound.ts";
import { limits } from "./limits.ts";
import { Outbound } from "./outbound.ts";
import type { Pipe, PipeListener } from "./pipe.ts";
import { createPrefaceCheck } from "./preface.ts";
import { clientPreface, defaults, errorCodes, flags, frameTypes, maxStreamId } from "./protocol.ts";
import { createRecentIds } from "./recent-ids.ts";
import { applySettings, encodeSettings, initialSettings } from "./settings.ts";
import { Stream, type StreamListener, type StreamOwner } from "./stream.ts";

/** Takes a request, and gives who listens to the rest of it. */
export type Accept = (stream: Stream, fields: readonly HeaderField[] | "too-large", end: boolean) => StreamListener;

/** What a connection tells its user. */
export interface ConnectionEvents {
  /** The peer's first settings have come: it is there, and speaks HTTP/2. */
  ready?(): void;
  /** Another stream may be opened, or no more can be. */
  changed?(): void;
  /** It is over, with an error unless the peer or this side ended it orderly. */
  closed?(error?: Error): void;
}

/** Ids of streams that this side ended are remembered this long, since the peer's frames may still be on their way. */
const maxRemembered = 1024;

/** An HTTP/2 connection (RFC 9113), as client without `accept`, as server with it. It knows nothing of sockets. */
export class Connection implements PipeListener, StreamOwner, InboundOwner {
  readonly role: "client" | "server";
  readonly #pipe: Pipe;
  readonly #accept: Accept | undefined;
  readonly #events: ConnectionEvents;
  readonly #peer = initialSettings();
  readonly #streams = new Map<number, Stream>();
  readonly #resetIds = createRecentIds(maxRemembered);
  readonly #writer: FrameWriter;
  readonly #reader: FrameReader;
  readonly #inbound: Inbound;
  readonly #outbound: Outbound;
  readonly #withoutPreface: (bytes: Uint8Array) => Uint8Array;
  #lastPeerId = 0;
  #nextId = 1;
  #isReady = false;
  #isLeaving = false;
  #isClosed = false;

  constructor(pipe: Pipe, events: ConnectionEvents, accept?: Accept) {
    this.role = accept ? "server" : "client";
    this.#pipe = pipe;
    this.#events = events;
    this.#accept = accept;
    this.#writer = createFrameWriter(pipe);
    this.#outbound = new Outbound(pipe, this.#writer, this.#peer, (stream) => this.sideEnded(stream));
    this.#inbound = new Inbound(this);
    this.#reader = createFrameReader(defaults.frameSize, this.#receive);
    this.#withoutPreface = accept ? createPrefaceCheck() : (bytes) => bytes;
    this.#greet();
  }

  /** Whether it takes new streams at all. */
  get isUsable(): boolean {
    return !this.#isClosed && !this.#isLeaving && this.#nextId <= maxStreamId;
  }

  /** Whether a stream may be opened now. */
  get canOpen(): boolean {
    return this.isUsable && this.#streams.size < this.#peer.maxConcurrentStreams;
  }

  /** Opens a stream. */
  open(listener: StreamListener): Stream {
    const stream = this.#newStream(this.#nextId);
    this.#nextId += 2;
    stream.listener = listener;
    return stream;
  }

  /** Ends everything at once. */
  shutDown(): void {
    if (this.#isClosed) return;
    this.#sendGoAway(errorCodes.noError, "");
    this.#finish("the connection was closed");
  }

  // What the pipe says.

  data(bytes: Uint8Array): void {
    try {
      const rest = this.#withoutPreface(bytes);
      if (rest.length > 0) this.#reader.push(rest);
    } catch (error) {
      this.#fail(error);
    }
  }

  drain(): void {
    if (!this.#isClosed) this.#outbound.resume();
  }

  close(error?: Error): void {
    if (!this.#isClosed) this.#finish("the connection was lost", error);
  }

  // What streams ask for.

  writeHeaders(stream: Stream, fields: readonly HeaderField[], end: boolean): void {
    if (!this.#isClosed) this.#outbound.headers(stream, fields, end);
  }

  pump(stream: Stream): void {
    if (!this.#isClosed) this.#outbound.pump(stream);
  }

  reset(stream: Stream, code: number): void {
    if (this.#isClosed) return;
    this.#writeNumber(frameTypes.rstStream, stream.id, code);
    if (!stream.remoteEnded) this.#resetIds.add(stream.id);
    this.#remove(stream);
  }

  widen(stream: Stream, bytes: number): void {
    stream.consumed += bytes;
    if (this.#isClosed || stream.consumed < limits.streamWindow / 2) return;
    this.#writeNumber(frameTypes.windowUpdate, stream.id, stream.consumed);
    stream.receiveWindow += stream.consumed;
    stream.consumed = 0;
  }

  // What frames do.

  find(streamId: number): Stream | undefined {
    return this.#streams.get(streamId);
  }

  isIdle(streamId: number): boolean {
    const isOwn = (streamId % 2 === 1) === (this.role === "client");
    return streamId >= (isOwn ? this.#nextId : this.#lastPeerId + 1);
  }

  wasReset(streamId: number): boolean {
    return this.#resetIds.has(streamId);
  }

  accept(streamId: number, fields: readonly HeaderField[] | "too-large", end: boolean): void {
    const isIdle = this.isIdle(streamId);
    // The answer to a call that was given up.
    if (this.role === "client" && !isIdle) return;
    if (!this.#accept || streamId % 2 === 0) {
      throw new ConnectionError(errorCodes.protocolError, `HEADERS of stream ${streamId}, which the peer may not open`);
    }
    if (!isIdle) {
      if (this.#resetIds.has(streamId)) return;
      throw new ConnectionError(errorCodes.streamClosed, `HEADERS of stream ${streamId}, which is over`);
    }
    this.#lastPeerId = streamId;
    this.#limitUnread();
    if (this.#streams.size >= limits.concurrentStreams) {
      throw new StreamError(streamId, errorCodes.refusedStream, `more than ${limits.concurrentStreams} streams`);
    }
    const stream = this.#newStream(streamId);
    stream.hasHeaders = true;
    if (fields !== "too-large") checkRequest(stream, fields, end);
    stream.remoteEnded = end;
    stream.listener = this.#accept(stream, fields, end);
  }

  sideEnded(stream: Stream): void {
    if (stream.isClosed) this.#remove(stream);
  }

  resetByPeer(stream: Stream, code: number): void {
    this.#remove(stream);
    stream.listener?.aborted(code, "the peer has reset the stream");
  }

  settings(payload: Uint8Array): void {
    const windowBefore = this.#peer.initialWindow;
    applySettings(this.#peer, payload);
    this.#outbound.settingsChanged(this.#streams.values(), windowBefore);
    this.#limitUnread();
    this.#writer.frame(frameTypes.settings, flags.ack, 0, new Uint8Array());
    // Only now: what is sent after the acknowledgement is what the peer takes as sent by its new settings.
    this.#outbound.resume();
    if (!this.#isReady) this.#events.ready?.();
    this.#isReady = true;
    this.#events.changed?.();
  }

  ping(payload: Uint8Array): void {
    this.#limitUnread();
    this.#writer.frame(frameTypes.ping, flags.ack, 0, payload);
  }

  goAway(lastStreamId: number): void {
    this.#isLeaving = true;
    if (this.role === "client") {
      for (const stream of [...this.#streams.values()]) {
        if (stream.id > lastStreamId) this.#abort(stream, errorCodes.refusedStream, "the peer takes no more streams");
      }
    }
    this.#events.changed?.();
    if (this.#streams.size === 0) this.shutDown();
  }

  windowUpdate(stream: Stream | undefined, bytes: number): void {
    if (stream) this.#outbound.widenStream(stream, bytes);
    else this.#outbound.widenConnection(bytes);
  }

  widenConnection(bytes: number): void {
    this.#writeNumber(frameTypes.windowUpdate, 0, bytes);
  }

  #greet(): void {
    const { streamWindow: initialWindow, headerList: maxHeaderListSize, concurrentStreams } = limits;
    const common = { initialWindow, maxHeaderListSize };
    if (this.role === "client") this.#writer.raw(clientPreface);
    const own = this.role === "client" ? { enablePush: 0 } : { maxConcurrentStreams: concurrentStreams };
    this.#writer.frame(frameTypes.settings, 0, 0, encodeSettings({ ...common, ...own }));
    this.#writeNumber(frameTypes.windowUpdate, 0, limits.connectionWindow - defaults.window);
  }

  readonly #receive: FrameSink = (type, frameFlags, streamId, payload) => {
    try {
      this.#inbound.frame(type, frameFlags, streamId, payload);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#limitUnread();
      const stream = this.#streams.get(error.streamId);
      this.#writeNumber(frameTypes.rstStream, error.streamId, error.code);
      this.#resetIds.add(error.streamId);
      if (stream) this.#abort(stream, error.code, error.message);
    }
  };

  #newStream(id: number): Stream {
    const stream = new Stream(this, id, { send: this.#peer.initialWindow, receive: limits.streamWindow });
    this.#streams.set(id, stream);
    return stream;
  }

  #remove(stream: Stream): void {
    stream.localEnded = true;
    stream.remoteEnded = true;
    this.#outbound.forget(stream);
    if (!this.#streams.delete(stream.id)) return;
    if (this.#isLeaving && this.#streams.size === 0) this.shutDown();
    else this.#events.changed?.();
  }

  #abort(stream: Stream, code: number | undefined, reason: string): void {
    this.#remove(stream);
    stream.listener?.aborted(code, reason);
  }

  #writeNumber(type: number, streamId: number, value: number): void {
    const payload = this.#writer.reserve(type, 0, streamId, 4);
    new DataView(payload.buffer, payload.byteOffset, 4).setUint32(0, value);
  }

  /** Ends the connection of a peer that asks and asks, and reads no answers. */
  #limitUnread(): void {
    if (this.#pipe.pending <= limits.unreadAnswers) return;
    throw new ConnectionError(errorCodes.enhanceYourCalm, "the peer does not read its answers");
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    const { code, message } =
      error instanceof ConnectionError ? error : { code: errorCodes.internalError, message: "internal error" };
    this.#sendGoAway(code, message);
    this.#finish(message, error instanceof Error ? error : new Error(String(error)));
  }

  #sendGoAway(code: number, text: string): void {
    const debug = Buffer.from(text);
    const payload = Buffer.alloc(8 + debug.length);
    payload.writeUInt32BE(this.#lastPeerId, 0);
    payload.writeUInt32BE(code, 4);
    payload.set(debug, 8);
    this.#writer.frame(frameTypes.goAway, 0, 0, payload);
    this.#writer.flush();
  }

  #finish(reason: string, error?: Error): void {
    this.#isClosed = true;
    this.#reader.stop();
    this.#pipe.end();
    for (const stream of [...this.#streams.values()]) this.#abort(stream, undefined, reason);
    this.#events.closed?.(error);
  }
}
