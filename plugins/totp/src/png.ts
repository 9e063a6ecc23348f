import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const bitDepth = 1;
const grayscale = 0;

/** Writes an image in black and white as PNG. Its rows come from {@link packRow}. */
export function encodePng(width: number, rows: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.writeUInt8(bitDepth, 8);
  header.writeUInt8(grayscale, 9);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** Packs a row of pixels, eight in a byte, behind the number of its filter, which is none. */
export function packRow(isBlack: readonly boolean[]): Buffer {
  const row = Buffer.alloc(1 + Math.ceil(isBlack.length / 8));
  for (const [x, black] of isBlack.entries()) {
    if (black) continue;
    const index = 1 + (x >> 3);
    row.writeUInt8(row.readUInt8(index) | (0x80 >> (x & 7)), index);
  }
  return row;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}
