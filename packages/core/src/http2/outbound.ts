import type { FrameWriter } from "./frame-writer.ts";
import type { HeaderField } from "./hpack/decoder.ts";
import { createHeaderEncoder, type HeaderEncoder } from "./hpack/encoder.ts";
import { ConnectionError, StreamError } from "./http2-error.ts";
import { limits } from "./limits.ts";
import type { Pipe } from "./pipe.ts";
import { defaults, errorCodes, flags, frameTypes, maxWindow } from "./protocol.ts";
import type { PeerSettings } from "./settings.ts";
import type { Stream } from "./stream.ts";

/** The sending half of a connection: frames, the peer's windows, and whose turn it is. */
export class Outbound {
  readonly #pipe: Pipe;
  readonly #writer: FrameWriter;
  readonly #peer: PeerSettings;
  readonly #encoder: HeaderEncoder = createHeaderEncoder();
  readonly #onEnd: (stream: Stream) => void;
  /** Streams with body that the connection's window or the pipe holds back; whose turn it is comes first. */
  readonly #waiting = new Set<Stream>();
  #window: number = defaults.window;

  constructor(pipe: Pipe, writer: FrameWriter, peer: PeerSettings, onEnd: (stream: Stream) => void) {
    this.#pipe = pipe;
    this.#writer = writer;
    this.#peer = peer;
    this.#onEnd = onEnd;
  }

  /** Writes a block of header fields, in as many frames as the peer's limit needs. */
  headers(stream: Stream, fields: readonly HeaderField[], end: boolean): void {
    const block = this.#encoder.encode(fields);
    const size = this.#peer.maxFrameSize;
    const endStream = end ? flags.endStream : 0;
    if (block.length <= size) {
      this.#writer.frame(frameTypes.headers, flags.endHeaders | endStream, stream.id, block);
    } else {
      this.#writer.frame(frameTypes.headers, endStream, stream.id, block.subarray(0, size));
      for (let at = size; at < block.length; at += size) {
        const isLast = at + size >= block.length;
        const part = block.subarray(at, at + size);
        this.#writer.frame(frameTypes.continuation, isLast ? flags.endHeaders : 0, stream.id, part);
      }
    }
    if (end) this.#end(stream);
  }

  /** Sends of a stream what may be sent now; the rest when it may. */
  pump(stream: Stream): void {
    if (stream.queued === 0) {
      this.#finish(stream);
      return;
    }
    this.#waiting.add(stream);
    this.resume();
  }

  /** Lets every waiting stream send one frame in turn, so that a large body holds up no other. */
  resume(): void {
    for (const stream of this.#waiting) {
      if (!this.#canSend()) return;
      // A step puts the stream at the end of the queue if there is more that its own window allows.
      this.#waiting.delete(stream);
      this.#step(stream);
    }
  }

  /** Takes a stream out of the queue. */
  forget(stream: Stream): void {
    stream.clear();
    this.#waiting.delete(stream);
  }

  /** The peer takes more bytes on the whole connection. */
  widenConnection(bytes: number): void {
    if (bytes === 0) throw new ConnectionError(errorCodes.protocolError, "WINDOW_UPDATE of zero bytes");
    this.#window += bytes;
    if (this.#window > maxWindow) {
      throw new ConnectionError(errorCodes.flowControlError, "the connection's window has more than 2^31 - 1 bytes");
    }
    this.resume();
  }

  /** The peer takes more bytes on a stream. */
  widenStream(stream: Stream, bytes: number): void {
    if (bytes === 0) throw new StreamError(stream.id, errorCodes.protocolError, "WINDOW_UPDATE of zero bytes");
    stream.sendWindow += bytes;
    if (stream.sendWindow > maxWindow) {
      throw new StreamError(stream.id, errorCodes.flowControlError, "the window has more than 2^31 - 1 bytes");
    }
    if (stream.queued > 0) this.pump(stream);
  }

  /** The peer's settings have changed; what they let go is sent by `resume`. */
  settingsChanged(streams: Iterable<Stream>, windowBefore: number): void {
    this.#encoder.setMaxTableSize(this.#peer.headerTableSize);
    const difference = this.#peer.initialWindow - windowBefore;
    if (difference === 0) return;
    for (const stream of streams) {
      stream.sendWindow += difference;
      if (stream.sendWindow > maxWindow) {
        throw new ConnectionError(errorCodes.flowControlError, `the window of stream ${stream.id} has overflowed`);
      }
      if (stream.queued > 0) this.#waiting.add(stream);
    }
  }

  #canSend(): boolean {
    return this.#window > 0 && this.#pipe.pending < limits.pending;
  }

  /** Sends one frame of a stream's body, as far as its own window allows. */
  #step(stream: Stream): void {
    if (stream.localEnded) return;
    const size = Math.min(stream.queued, stream.sendWindow, this.#window, this.#peer.maxFrameSize);
    // Its window puts it back into the queue when it is wider.
    if (size <= 0) return;
    const ends = size === stream.queued && stream.ending && !stream.trailers;
    stream.takeQueued(this.#writer.reserve(frameTypes.data, ends ? flags.endStream : 0, stream.id, size));
    stream.sendWindow -= size;
    this.#window -= size;
    if (ends) this.#end(stream);
    else if (stream.queued > 0) this.#waiting.add(stream);
    else this.#finish(stream);
  }

  /** The body is sent: what follows it, and more of it if there is any. */
  #finish(stream: Stream): void {
    if (stream.trailers) {
      this.headers(stream, stream.trailers, true);
    } else if (stream.ending) {
      this.#writer.reserve(frameTypes.data, flags.endStream, stream.id, 0);
      this.#end(stream);
    } else {
      stream.listener?.drained?.();
    }
  }

  #end(stream: Stream): void {
    stream.localEnded = true;
    this.#onEnd(stream);
  }
}
