import { encodeQR } from "qr";
import { encodePng, packRow } from "./png.ts";

/** A QR code that cannot be made. The message says why, and never repeats the text, which holds a secret. */
export class QrCodeError extends Error {
  override readonly name: string = "QrCodeError";
}

/** Draws a text as a QR code of `size` by `size` pixels, as PNG. */
export function drawQrCode(text: string, size: number): Buffer {
  const modules = modulesOf(text);
  const count = modules.length;
  const scale = Math.floor(size / count);
  if (scale === 0) throw new QrCodeError(`can not scale barcode to an image smaller than ${count}x${count}`);
  const margin = Math.floor((size - scale * count) / 2);
  const moduleAt = (pixel: number): number => Math.floor((pixel - margin) / scale);
  const pixels = Array.from({ length: size }, (_, pixel) => pixel);
  const white = packRow(pixels.map(() => false));
  const packed = modules.map((row) => packRow(pixels.map((x) => row[moduleAt(x)] ?? false)));
  return encodePng(
    size,
    pixels.map((y) => packed[moduleAt(y)] ?? white),
  );
}

/** The library insists on a white border, which is cut off since the size decides how wide it is. */
function modulesOf(text: string): readonly (readonly boolean[])[] {
  try {
    const framed = encodeQR(text, "raw", { ecc: "medium", border: 1 });
    return framed.slice(1, -1).map((row) => row.slice(1, -1));
  } catch {
    // The cause is left out, since the library's error could quote the text.
    throw new QrCodeError("the text is too long");
  }
}
