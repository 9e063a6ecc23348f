import type { Pipe } from "./pipe.ts";
import { frameHeaderSize } from "./protocol.ts";

/** Collects frames, and writes what came together in one turn of the event loop at once. */
export interface FrameWriter {
  /** Adds a frame whose payload is one array of bytes. */
  frame(type: number, frameFlags: number, streamId: number, payload: Uint8Array): void;
  /** Adds a frame's header, and gives the place for its payload, which the caller fills at once. */
  reserve(type: number, frameFlags: number, streamId: number, length: number): Uint8Array;
  /** Adds bytes that are no frame. */
  raw(bytes: Uint8Array): void;
  /** Writes what was collected. */
  flush(): void;
}

const slabSize = 65_536;

/** Makes a writer for a pipe. One write is one encrypted record and one call of the system, which cost more than copying. */
export function createFrameWriter(pipe: Pipe): FrameWriter {
  // Batches follow one another in a slab. A slab is never used again, since a pipe may hold on to what was written.
  let slab = new Uint8Array(0);
  let start = 0;
  let end = 0;
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    if (end === start) return;
    const batch = slab.subarray(start, end);
    start = end;
    pipe.write(batch);
  }

  /** Makes room, and gives where it begins. */
  function take(length: number): number {
    if (end + length > slab.length) {
      flush();
      slab = Buffer.allocUnsafeSlow(Math.max(slabSize, length));
      start = 0;
      end = 0;
    }
    if (!scheduled) {
      scheduled = true;
      queueMicrotask(flush);
    }
    const at = end;
    end += length;
    return at;
  }

  function header(type: number, frameFlags: number, streamId: number, length: number): number {
    const at = take(frameHeaderSize + length);
    slab[at] = length >>> 16;
    slab[at + 1] = length >>> 8;
    slab[at + 2] = length;
    slab[at + 3] = type;
    slab[at + 4] = frameFlags;
    slab[at + 5] = streamId >>> 24;
    slab[at + 6] = streamId >>> 16;
    slab[at + 7] = streamId >>> 8;
    slab[at + 8] = streamId;
    return at + frameHeaderSize;
  }

  return {
    frame(type, frameFlags, streamId, payload) {
      const at = header(type, frameFlags, streamId, payload.length);
      slab.set(payload, at);
    },
    reserve(type, frameFlags, streamId, length) {
      const at = header(type, frameFlags, streamId, length);
      return slab.subarray(at, at + length);
    },
    raw(bytes) {
      const at = take(bytes.length);
      slab.set(bytes, at);
    },
    flush,
  };
}
