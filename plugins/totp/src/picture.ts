import { InternalError, UserError } from "@vaultwright/core";
import { drawPng, drawSvg, drawTerminal, QrCodeError } from "./qr-code.ts";

/** What QR codes are drawn as: PNG in base64, SVG, or lines of block characters. */
export const pictureFormats = ["png", "svg", "terminal"] as const;

/** What a caller wants of a picture; its width and height are in pixels. */
export interface PictureWish {
  readonly qr_size: number;
  readonly qr_format: (typeof pictureFormats)[number];
}

const largest = 4096;

/** Draws a text as a QR code. */
export function drawBarcode(text: string, { qr_size: size, qr_format: format }: PictureWish): string {
  if (size > largest) throw new UserError(`the qr_size value must not be greater than ${largest}`);
  try {
    if (format === "svg") return drawSvg(text, size);
    return format === "terminal" ? drawTerminal(text) : drawPng(text, size).toString("base64");
  } catch (error) {
    if (!(error instanceof QrCodeError)) throw error;
    throw new InternalError(`failed to generate QR code image: ${error.message}`, { cause: error });
  }
}
