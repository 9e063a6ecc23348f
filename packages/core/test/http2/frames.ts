import { frameTypes } from "../../src/http2/protocol.ts";

/** A frame as these tests write and read it, by code that shares nothing with ours but the numbers. */
export interface Frame {
  readonly type: keyof typeof frameTypes | number;
  readonly flags?: number;
  readonly streamId?: number;
  readonly payload?: Uint8Array;
}

/** Writes a frame; one that breaks the rules too. */
export function bytesOf({ type, flags = 0, streamId = 0, payload = new Uint8Array() }: Frame): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(typeof type === "number" ? type : frameTypes[type], 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(streamId, 5);
  return Buffer.concat([header, payload]);
}

const names = Object.keys(frameTypes) as readonly (keyof typeof frameTypes)[];

/** Reads what was sent; throws for bytes that are no frames. */
export function framesIn(bytes: Buffer): readonly Required<Frame>[] {
  const frames: Required<Frame>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (end > bytes.length) throw new Error(`a frame of ${end - at} bytes is cut off after ${bytes.length - at}`);
    const type = bytes.readUInt8(at + 3);
    frames.push({
      type: names[type] ?? type,
      flags: bytes.readUInt8(at + 4),
      streamId: bytes.readUInt32BE(at + 5),
      payload: bytes.subarray(at + 9, end),
    });
    at = end;
  }
  return frames;
}

/** How many of the bytes are whole frames. */
export function lengthOfFrames(bytes: Buffer): number {
  let at = 0;
  while (at + 9 <= bytes.length && at + 9 + bytes.readUIntBE(at, 3) <= bytes.length) at += 9 + bytes.readUIntBE(at, 3);
  return at;
}

/** An unsigned number of 32 bits. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The payload of SETTINGS. */
export function settings(...entries: readonly (readonly [number: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(entries.length * 6);
  entries.forEach(([number, value], index) => {
    bytes.writeUInt16BE(number, index * 6);
    bytes.writeUInt32BE(value, index * 6 + 2);
  });
  return bytes;
}
