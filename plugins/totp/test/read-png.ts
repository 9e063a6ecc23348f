import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import { decodeQR } from "qr/decode.js";

/** A picture in black and white. */
export interface Picture {
  readonly size: number;
  isWhite(x: number, y: number): boolean;
}

/** Reads the kind of PNG that the engine writes, and checks its checksums. */
export function readPng(png: Buffer): Picture {
  assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const chunks = new Map(readChunks(png.subarray(8)));
  const header = chunks.get("IHDR");
  const data = chunks.get("IDAT");
  assert.ok(header && data && chunks.has("IEND"));
  const size = header.readUInt32BE(0);
  assert.deepEqual([...header.subarray(4)], [...header.subarray(0, 4), 1, 0, 0, 0, 0]);
  const rows = inflateSync(data);
  const width = 1 + Math.ceil(size / 8);
  assert.equal(rows.length, width * size);
  return { size, isWhite: (x, y) => ((rows.readUInt8(y * width + 1 + (x >> 3)) << (x & 7)) & 0x80) !== 0 };
}

/** Reads the text of a picture with a QR code. */
export function readQrCode(png: Buffer): string {
  const { size, isWhite } = readPng(png);
  // Scanners need a white margin, which a picture on a page has around it.
  const margin = 20;
  const side = size + 2 * margin;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (!isWhite(x, y))
        data.fill(0, ((y + margin) * side + x + margin) * 4, ((y + margin) * side + x + margin) * 4 + 3);
  return decodeQR({ width: side, height: side, data });
}

function* readChunks(bytes: Buffer): Generator<readonly [string, Buffer]> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 8 + bytes.readUInt32BE(start);
    assert.equal(bytes.readUInt32BE(end), crc32(bytes.subarray(start + 4, end)));
    yield [bytes.toString("latin1", start + 4, start + 8), bytes.subarray(start + 8, end)];
    start = end + 4;
  }
}
