import { type HeaderBlock, HeaderBlocks, selfDependency, withoutPadding } from "./header-blocks.ts";
import { faultOfRequest, faultOfResponse, faultOfTrailers, fieldValue } from "./header-rules.ts";
import { createHeaderDecoder, type HeaderField } from "./hpack/decoder.ts";
import { HpackError } from "./hpack/hpack-error.ts";
import { ConnectionError, StreamError } from "./http2-error.ts";
import { limits } from "./limits.ts";
import { defaults, errorCodes, flags, frameTypes } from "./protocol.ts";
import type { Stream } from "./stream.ts";

/** What frames do to a connection. */
export interface InboundOwner {
  readonly role: "client" | "server";
  /** The open stream with a number. */
  find(streamId: number): Stream | undefined;
  /** Whether no stream has had a number yet. */
  isIdle(streamId: number): boolean;
  /** Whether this side ended a stream that the peer may not know to be over. */
  wasReset(streamId: number): boolean;
  /** The peer opens a stream; throws where it may not. */
  accept(streamId: number, fields: readonly HeaderField[] | "too-large", end: boolean): void;
  /** One of the sides has sent everything of a stream. */
  sideEnded(stream: Stream): void;
  /** The peer has ended a stream. */
  resetByPeer(stream: Stream, code: number): void;
  settings(payload: Uint8Array): void;
  ping(payload: Uint8Array): void;
  goAway(lastStreamId: number, code: number): void;
  windowUpdate(stream: Stream | undefined, bytes: number): void;
  /** Gives bytes back to the window of the connection. */
  widenConnection(bytes: number): void;
}

/** The receiving half of a connection: what each frame must be, and what it means. */
export class Inbound {
  readonly #owner: InboundOwner;
  readonly #blocks = new HeaderBlocks();
  readonly #decoder = createHeaderDecoder({ maxTableSize: defaults.headerTableSize, maxListSize: limits.headerList });
  #window: number = limits.connectionWindow;
  #unreported = 0;
  #settled = false;

  constructor(owner: InboundOwner) {
    this.#owner = owner;
  }

  /** Takes a frame; throws a `ConnectionError` or a `StreamError` for one that breaks a rule. */
  frame(type: number, frameFlags: number, streamId: number, payload: Uint8Array): void {
    if (this.#blocks.isOpen && type !== frameTypes.continuation) {
      throw new ConnectionError(errorCodes.protocolError, `frame of type ${type} within a block of header fields`);
    }
    if (!this.#settled && type !== frameTypes.settings) {
      throw new ConnectionError(errorCodes.protocolError, `the first frame has type ${type}, it must be SETTINGS`);
    }
    switch (type) {
      case frameTypes.data:
        this.#data(frameFlags, streamId, payload);
        break;
      case frameTypes.headers:
        needStream(streamId, "HEADERS");
        this.#block(this.#blocks.begin(frameFlags, streamId, payload));
        break;
      case frameTypes.continuation:
        this.#block(this.#blocks.resume(frameFlags, streamId, payload));
        break;
      case frameTypes.priority:
        priority(streamId, payload);
        break;
      case frameTypes.rstStream:
        this.#reset(streamId, payload);
        break;
      case frameTypes.settings:
        this.#settings(frameFlags, streamId, payload);
        break;
      case frameTypes.pushPromise:
        throw new ConnectionError(errorCodes.protocolError, "PUSH_PROMISE, which was not asked for");
      case frameTypes.ping:
        this.#ping(frameFlags, streamId, payload);
        break;
      case frameTypes.goAway:
        needNoStream(streamId, "GOAWAY");
        if (payload.length < 8) throw wrongSize("GOAWAY", payload);
        this.#owner.goAway(uint31(payload, 0), uint32(payload, 4));
        break;
      case frameTypes.windowUpdate:
        this.#windowUpdate(streamId, payload);
        break;
      default:
      // Frames of types that nobody here knows are extensions, which RFC 9113 has us ignore.
    }
  }

  #data(frameFlags: number, streamId: number, payload: Uint8Array): void {
    needStream(streamId, "DATA");
    this.#countOnConnection(payload.length);
    const bytes = withoutPadding(frameFlags, payload);
    const stream = this.#known(streamId, "DATA");
    if (!stream) {
      if (this.#owner.role === "client" || this.#owner.wasReset(streamId)) return;
      throw new StreamError(streamId, errorCodes.streamClosed, `DATA of stream ${streamId}, which is over`);
    }
    needOpen(stream, "DATA");
    checkFields(streamId, stream.hasHeaders ? undefined : "DATA before HEADERS");
    stream.receiveWindow -= payload.length;
    if (stream.receiveWindow < 0) {
      throw new StreamError(streamId, errorCodes.flowControlError, "more DATA than the window allows");
    }
    const end = (frameFlags & flags.endStream) !== 0;
    countAgainstLength(stream, bytes.length, end);
    if (payload.length > bytes.length) stream.consume(payload.length - bytes.length);
    if (end) stream.remoteEnded = true;
    stream.listener?.data(bytes, end);
    if (end) this.#owner.sideEnded(stream);
  }

  #countOnConnection(bytes: number): void {
    this.#window -= bytes;
    if (this.#window < 0) {
      throw new ConnectionError(errorCodes.flowControlError, "more DATA than the connection's window allows");
    }
    this.#unreported += bytes;
    if (this.#unreported < limits.connectionWindow / 2) return;
    this.#owner.widenConnection(this.#unreported);
    this.#window += this.#unreported;
    this.#unreported = 0;
  }

  #block(block: HeaderBlock | undefined): void {
    if (!block) return;
    const { streamId, end, fault } = block;
    const fields = this.#decode(block.bytes);
    if (fault) throw fault;
    const stream = this.#owner.find(streamId);
    if (!stream) {
      this.#owner.accept(streamId, fields, end);
      return;
    }
    needOpen(stream, "HEADERS");
    if (stream.hasHeaders) this.#trailers(stream, fields, end);
    else this.#response(stream, fields, end);
  }

  #decode(bytes: Uint8Array): readonly HeaderField[] | "too-large" {
    try {
      return this.#decoder.decode(bytes);
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      throw new ConnectionError(errorCodes.compressionError, error.message, { cause: error });
    }
  }

  #response(stream: Stream, fields: readonly HeaderField[] | "too-large", end: boolean): void {
    if (fields !== "too-large") {
      checkFields(stream.id, faultOfResponse(fields));
      // An answer in between, after which the real one comes.
      if (fieldValue(fields, ":status")?.startsWith("1") && !end) return;
      expectLength(stream, fields, end);
    }
    stream.hasHeaders = true;
    this.#deliver(stream, fields, end);
  }

  #trailers(stream: Stream, fields: readonly HeaderField[] | "too-large", end: boolean): void {
    checkFields(stream.id, end ? undefined : "a second block without the end of its stream");
    if (fields !== "too-large") checkFields(stream.id, faultOfTrailers(fields));
    countAgainstLength(stream, 0, true);
    this.#deliver(stream, fields, true);
  }

  #deliver(stream: Stream, fields: readonly HeaderField[] | "too-large", end: boolean): void {
    if (end) stream.remoteEnded = true;
    stream.listener?.headers(fields, end);
    if (end) this.#owner.sideEnded(stream);
  }

  #reset(streamId: number, payload: Uint8Array): void {
    needStream(streamId, "RST_STREAM");
    if (payload.length !== 4) throw wrongSize("RST_STREAM", payload);
    const stream = this.#known(streamId, "RST_STREAM");
    if (stream) this.#owner.resetByPeer(stream, uint32(payload, 0));
  }

  #settings(frameFlags: number, streamId: number, payload: Uint8Array): void {
    needNoStream(streamId, "SETTINGS");
    const isAcknowledgement = (frameFlags & flags.ack) !== 0;
    if (isAcknowledgement && payload.length > 0) throw wrongSize("acknowledgement of SETTINGS", payload);
    if (isAcknowledgement && !this.#settled) {
      throw new ConnectionError(errorCodes.protocolError, "the first frame acknowledges SETTINGS");
    }
    this.#settled = true;
    if (!isAcknowledgement) this.#owner.settings(payload);
  }

  #ping(frameFlags: number, streamId: number, payload: Uint8Array): void {
    needNoStream(streamId, "PING");
    if (payload.length !== 8) throw wrongSize("PING", payload);
    if ((frameFlags & flags.ack) === 0) this.#owner.ping(payload);
  }

  #windowUpdate(streamId: number, payload: Uint8Array): void {
    if (payload.length !== 4) throw wrongSize("WINDOW_UPDATE", payload);
    const bytes = uint31(payload, 0);
    const stream = streamId === 0 ? undefined : this.#known(streamId, "WINDOW_UPDATE");
    if (stream || streamId === 0) this.#owner.windowUpdate(stream, bytes);
  }

  /** The open stream with a number; nothing for one that is over. */
  #known(streamId: number, what: string): Stream | undefined {
    const stream = this.#owner.find(streamId);
    if (stream || !this.#owner.isIdle(streamId)) return stream;
    throw new ConnectionError(errorCodes.protocolError, `${what} of stream ${streamId}, which nobody has opened`);
  }
}

/** Checks a request's fields, and notes how long its body says to be. */
export function checkRequest(stream: Stream, fields: readonly HeaderField[], end: boolean): void {
  checkFields(stream.id, faultOfRequest(fields));
  expectLength(stream, fields, end);
}

function checkFields(streamId: number, fault: string | undefined): void {
  if (fault !== undefined) throw new StreamError(streamId, errorCodes.protocolError, `malformed message: ${fault}`);
}

function expectLength(stream: Stream, fields: readonly HeaderField[], end: boolean): void {
  const text = fieldValue(fields, "content-length");
  if (text === undefined) return;
  checkFields(stream.id, /^\d{1,15}$/.test(text) ? undefined : "content-length is no number");
  stream.expected = Number(text);
  if (end) countAgainstLength(stream, 0, true);
}

function countAgainstLength(stream: Stream, bytes: number, end: boolean): void {
  if (stream.expected === undefined) return;
  stream.expected -= bytes;
  const isKept = end ? stream.expected === 0 : stream.expected >= 0;
  checkFields(stream.id, isKept ? undefined : "the body is not as long as content-length says");
}

function needStream(streamId: number, what: string): void {
  if (streamId === 0) throw new ConnectionError(errorCodes.protocolError, `${what} without a stream`);
}

function needNoStream(streamId: number, what: string): void {
  if (streamId !== 0) throw new ConnectionError(errorCodes.protocolError, `${what} on stream ${streamId}`);
}

function needOpen(stream: Stream, what: string): void {
  if (!stream.remoteEnded) return;
  throw new StreamError(stream.id, errorCodes.streamClosed, `${what} of stream ${stream.id} after its end`);
}

function priority(streamId: number, payload: Uint8Array): void {
  needStream(streamId, "PRIORITY");
  if (payload.length !== 5) {
    throw new StreamError(streamId, errorCodes.frameSizeError, `PRIORITY of ${payload.length} bytes`);
  }
  const fault = selfDependency(streamId, payload);
  if (fault) throw fault;
}

function wrongSize(what: string, payload: Uint8Array): ConnectionError {
  return new ConnectionError(errorCodes.frameSizeError, `${what} of ${payload.length} bytes`);
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at);
}

function uint31(bytes: Uint8Array, at: number): number {
  return uint32(bytes, at) & 0x7fffffff;
}
