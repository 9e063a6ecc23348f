import { YamuxError } from "./yamux-error.ts";

/** What a frame is; the number on the wire is the place in this list. */
const types = ["data", "window-update", "ping", "go-away"] as const;

export type FrameType = (typeof types)[number];

/** Bits of a frame's flags. */
export const syn = 1;
export const ack = 2;
export const fin = 4;
export const rst = 8;

/** The header of a frame. Only data frames are followed by a payload. */
export interface Frame {
  readonly type: FrameType;
  readonly flags: number;
  /** 0 for frames of the session. */
  readonly streamId: number;
  /** Bytes of payload, a window's increment, a ping's value, or the code of a go-away. */
  readonly length: number;
}

export const headerSize = 12;

/** Bytes that each side may send on a new stream before the other has read any. */
export const initialWindow: number = 256 * 1024;

/** Codes of a go-away frame. */
export const goAwayCodes = { normal: 0, protocolError: 1, internalError: 2 } as const;

const version = 0;

/** Writes a header. */
export function encodeFrame({ type, flags, streamId, length }: Frame): Buffer {
  const bytes = Buffer.alloc(headerSize);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt8(types.indexOf(type), 1);
  bytes.writeUInt16BE(flags, 2);
  bytes.writeUInt32BE(streamId, 4);
  bytes.writeUInt32BE(length, 8);
  return bytes;
}

/** Reads a header. */
export function decodeFrame(bytes: Buffer): Frame {
  if (bytes.readUInt8(0) !== version) throw new YamuxError("frame of an unknown protocol version");
  const type = types[bytes.readUInt8(1)];
  if (!type) throw new YamuxError("frame of an unknown type");
  return { type, flags: bytes.readUInt16BE(2), streamId: bytes.readUInt32BE(4), length: bytes.readUInt32BE(8) };
}
