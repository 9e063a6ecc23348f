import { encodeQR } from "qr";
import { encodePng, packRow } from "./png.ts";

/** A QR code that cannot be made. The message says why, and never repeats the text, which holds a secret. */
export class QrCodeError extends Error {
  override readonly name: string = "QrCodeError";
}

type Modules = readonly (readonly boolean[])[];

/** So many modules wide must the white margin be for every reader. */
const quietZone = 4;

/** Draws a text as a QR code of `size` by `size` pixels, as PNG. The white margin is what the size leaves. */
export function drawPng(text: string, size: number): Buffer {
  const modules = modulesOf(text, 0);
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

/** Draws a text as a QR code in SVG, which can be enlarged as one likes. */
export function drawSvg(text: string, size: number): string {
  const modules = modulesOf(text, quietZone);
  const side = modules.length;
  const squares = modules.flatMap((row, y) => row.map((black, x) => (black ? `M${x} ${y}h1v1h-1z` : "")));
  const attributes = `width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"`;
  const white = `<path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${white}<path d="${squares.join("")}"/></svg>`;
}

/** Draws a text as a QR code for a dark terminal, two rows of modules in a line of text; what is drawn is the white. */
export function drawTerminal(text: string): string {
  const modules = modulesOf(text, quietZone);
  const upper = modules.filter((_, y) => y % 2 === 0);
  const lines = upper.map((row, index) =>
    row.map((black, x) => halves(black, modules[2 * index + 1]?.[x] ?? true)).join(""),
  );
  return `${lines.join("\n")}\n`;
}

function halves(isUpperBlack: boolean, isLowerBlack: boolean): string {
  if (isUpperBlack) return isLowerBlack ? " " : "▄";
  return isLowerBlack ? "▀" : "█";
}

/** The library insists on a white border, which is cut off where none is wanted. */
function modulesOf(text: string, border: number): Modules {
  try {
    const framed = encodeQR(text, "raw", { ecc: "medium", border: Math.max(border, 1) });
    return border > 0 ? framed : framed.slice(1, -1).map((row) => row.slice(1, -1));
  } catch {
    // The cause is left out, since the library's error could quote the text.
    throw new QrCodeError("the text is too long");
  }
}
