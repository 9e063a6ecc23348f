import { ConnectionError } from "./http2-error.ts";
import { errorCodes, frameHeaderSize } from "./protocol.ts";

/** Takes a frame: its type, its flags, its stream, and its payload, which is a view of received bytes. */
export type FrameSink = (type: number, frameFlags: number, streamId: number, payload: Uint8Array) => void;

/** Cuts received bytes into frames. */
export interface FrameReader {
  /** Takes the next bytes; throws what the sink throws, and a `ConnectionError` for a frame that is too long. */
  push(chunk: Uint8Array): void;
  /** Drops all further bytes. */
  stop(): void;
}

const nothing = new Uint8Array();

/** Makes a reader for frames of at most `maxFrameSize` bytes. */
export function createFrameReader(maxFrameSize: number, sink: FrameSink): FrameReader {
  // The beginning of a frame whose rest has not come yet; it has room for the whole frame once its length is known.
  let partial = nothing;
  let filled = 0;
  let stopped = false;

  function readAll(chunk: Uint8Array, from: number): number {
    let at = from;
    while (!stopped && chunk.length - at >= frameHeaderSize) {
      const end = at + frameHeaderSize + payloadLength(chunk, at);
      if (end > chunk.length) break;
      deliver(chunk, at, end);
      at = end;
    }
    return at;
  }

  function payloadLength(bytes: Uint8Array, at: number): number {
    const length = (byte(bytes, at) << 16) | (byte(bytes, at + 1) << 8) | byte(bytes, at + 2);
    if (length > maxFrameSize) {
      throw new ConnectionError(
        errorCodes.frameSizeError,
        `frame of ${length} bytes, at most ${maxFrameSize} are allowed`,
      );
    }
    return length;
  }

  function deliver(bytes: Uint8Array, at: number, end: number): void {
    const streamId =
      ((byte(bytes, at + 5) & 0x7f) << 24) |
      (byte(bytes, at + 6) << 16) |
      (byte(bytes, at + 7) << 8) |
      byte(bytes, at + 8);
    sink(byte(bytes, at + 3), byte(bytes, at + 4), streamId, bytes.subarray(at + frameHeaderSize, end));
  }

  /** Adds bytes to the partial frame, up to a number of bytes in it; gives how many it took. */
  function fill(chunk: Uint8Array, from: number, goal: number): number {
    if (partial.length < goal) {
      const wider = new Uint8Array(goal);
      wider.set(partial.subarray(0, filled));
      partial = wider;
    }
    const taken = Math.min(goal - filled, chunk.length - from);
    partial.set(chunk.subarray(from, from + taken), filled);
    filled += taken;
    return taken;
  }

  function finishPartial(chunk: Uint8Array): number {
    let at = 0;
    if (filled < frameHeaderSize) at = fill(chunk, 0, frameHeaderSize);
    if (filled < frameHeaderSize) return at;
    const end = frameHeaderSize + payloadLength(partial, 0);
    at += fill(chunk, at, end);
    if (filled < end) return at;
    const frame = partial;
    partial = nothing;
    filled = 0;
    deliver(frame, 0, end);
    return at;
  }

  return {
    push(chunk) {
      if (stopped) return;
      const begun = filled > 0 ? finishPartial(chunk) : 0;
      const at = filled > 0 ? chunk.length : readAll(chunk, begun);
      if (at < chunk.length && !stopped) {
        const known = chunk.length - at >= frameHeaderSize;
        fill(chunk, at, frameHeaderSize + (known ? payloadLength(chunk, at) : 0));
      }
    },
    stop() {
      stopped = true;
      partial = nothing;
      filled = 0;
    },
  };
}

/** The byte at a place that is known to exist. */
function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
