import { decodeFrame, type Frame, headerSize } from "./frame.ts";

/** What takes the parts of a byte stream. Either method may throw, which ends the reading. */
export interface FrameSink {
  onFrame(frame: Frame): void;
  /** A part of a data frame's payload; the frame was announced before. */
  onPayload(streamId: number, bytes: Buffer): void;
}

/** Takes a byte stream apart, in whatever pieces it comes. Payloads are passed on as they come, never collected. */
export function createFrameReader(sink: FrameSink): (chunk: Buffer) => void {
  const header = Buffer.alloc(headerSize);
  let headerLength = 0;
  let streamId = 0;
  let missingPayload = 0;

  function readHeader(chunk: Buffer): Buffer {
    const taken = chunk.copy(header, headerLength);
    headerLength += taken;
    if (headerLength < headerSize) return chunk.subarray(taken);
    headerLength = 0;
    const frame = decodeFrame(header);
    streamId = frame.streamId;
    missingPayload = frame.type === "data" ? frame.length : 0;
    sink.onFrame(frame);
    return chunk.subarray(taken);
  }

  function readPayload(chunk: Buffer): Buffer {
    const payload = chunk.subarray(0, missingPayload);
    missingPayload -= payload.length;
    sink.onPayload(streamId, payload);
    return chunk.subarray(payload.length);
  }

  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) rest = missingPayload > 0 ? readPayload(rest) : readHeader(rest);
  };
}
