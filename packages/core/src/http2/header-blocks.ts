import { ConnectionError, StreamError } from "./http2-error.ts";
import { limits } from "./limits.ts";
import { errorCodes, flags } from "./protocol.ts";

/** A complete block of header fields, still encoded. */
export interface HeaderBlock {
  readonly streamId: number;
  readonly end: boolean;
  readonly bytes: Uint8Array;
  /** A fault of the frame that concerns its stream only; the block has to be decoded all the same. */
  readonly fault: StreamError | undefined;
}

/** Puts HEADERS and CONTINUATION frames together. */
export class HeaderBlocks {
  #open: { readonly block: Omit<HeaderBlock, "bytes">; readonly parts: Uint8Array[]; size: number } | undefined;

  /** Whether the next frame must be a CONTINUATION. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Takes a HEADERS frame; gives the block if it is complete. */
  begin(frameFlags: number, streamId: number, payload: Uint8Array): HeaderBlock | undefined {
    const unpadded = withoutPadding(frameFlags, payload);
    const hasPriority = (frameFlags & flags.priority) !== 0;
    if (hasPriority && unpadded.length < 5) {
      throw new ConnectionError(errorCodes.frameSizeError, "HEADERS too short for its priority");
    }
    const fault = hasPriority ? selfDependency(streamId, unpadded) : undefined;
    const block = { streamId, end: (frameFlags & flags.endStream) !== 0, fault };
    const bytes = hasPriority ? unpadded.subarray(5) : unpadded;
    if ((frameFlags & flags.endHeaders) !== 0) return { ...block, bytes };
    this.#open = { block, parts: [bytes], size: bytes.length };
    return undefined;
  }

  /** Takes a CONTINUATION frame; gives the block if it is complete. */
  resume(frameFlags: number, streamId: number, payload: Uint8Array): HeaderBlock | undefined {
    const open = this.#open;
    if (open?.block.streamId !== streamId) {
      throw new ConnectionError(errorCodes.protocolError, `CONTINUATION of stream ${streamId}, which has none open`);
    }
    open.parts.push(payload);
    open.size += payload.length;
    if (open.size > limits.headerList) throw tooMuch(`with over ${limits.headerList} bytes`);
    if (open.parts.length > limits.headerFrames) throw tooMuch(`in over ${limits.headerFrames} frames`);
    if ((frameFlags & flags.endHeaders) === 0) return undefined;
    this.#open = undefined;
    return { ...open.block, bytes: Buffer.concat(open.parts) };
  }
}

function tooMuch(what: string): ConnectionError {
  return new ConnectionError(errorCodes.enhanceYourCalm, `a block of header fields ${what}`);
}

/** Gives a payload without what its PADDED flag adds. */
export function withoutPadding(frameFlags: number, payload: Uint8Array): Uint8Array {
  if ((frameFlags & flags.padded) === 0) return payload;
  const length = payload[0];
  if (length === undefined) throw new ConnectionError(errorCodes.frameSizeError, "padded frame without a length");
  if (length >= payload.length) {
    throw new ConnectionError(errorCodes.protocolError, "padding as long as its frame or longer");
  }
  return payload.subarray(1, payload.length - length);
}

/** Finds a stream that depends on itself; nothing else of priorities is used (RFC 9113 has deprecated them). */
export function selfDependency(streamId: number, payload: Uint8Array): StreamError | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = payload;
  const dependency = ((first & 0x7f) << 24) | (second << 16) | (third << 8) | fourth;
  if (dependency !== streamId) return undefined;
  return new StreamError(streamId, errorCodes.protocolError, `stream ${streamId} depends on itself`);
}
