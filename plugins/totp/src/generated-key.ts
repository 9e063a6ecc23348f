import { type Data, InternalError, UserError } from "@vaultwright/core";
import { encodeBase32 } from "./base32.ts";
import type { Key } from "./keys.ts";
import { makeOtpauthUrl } from "./otpauth-url.ts";
import { drawQrCode, QrCodeError } from "./qr-code.ts";

/** A source of random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

const largestKey = 1024;
const largestQrCode = 4096;

/** Makes a key with a random secret of so many bytes. */
export function generateKey(settings: Key, size: number, randomBytes: RandomBytes): Key {
  if (settings.accountName === "") throw new UserError("the account_name value is required for generated keys");
  if (settings.issuer === "") throw new UserError("the issuer value is required for generated keys");
  if (size > largestKey) throw new UserError(`the key_size value must not be greater than ${largestKey}`);
  try {
    return { ...settings, secret: encodeBase32(randomBytes(size)) };
  } catch (error) {
    throw new UserError("an error occurred while generating a key", { cause: error });
  }
}

/** What the caller gets to see of a generated key, once: its URL, and the same as a QR code unless its size is zero. */
export function exportKey(key: Key, qrSize: number): Data {
  const url = makeOtpauthUrl(key);
  return qrSize === 0 ? { url } : { url, barcode: drawBarcode(url, qrSize) };
}

function drawBarcode(url: string, size: number): string {
  if (size > largestQrCode) throw new UserError(`the qr_size value must not be greater than ${largestQrCode}`);
  try {
    return drawQrCode(url, size).toString("base64");
  } catch (error) {
    if (!(error instanceof QrCodeError)) throw error;
    throw new InternalError(`failed to generate QR code image: ${error.message}`, { cause: error });
  }
}
