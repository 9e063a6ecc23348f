import { type Data, type HostKind, UserError } from "@vaultwright/core";
import { encodeBase32 } from "./base32.ts";
import type { Key } from "./keys.ts";
import { makeOtpauthUrl } from "./otpauth-url.ts";
import { drawBarcode, type PictureWish } from "./picture.ts";
import { largestSecret } from "./secret-size.ts";

/** A source of random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/** Makes a key with a random secret of so many bytes. */
export function generateKey(settings: Key, size: number, randomBytes: RandomBytes): Key {
  if (settings.accountName === "") throw new UserError("the account_name value is required for generated keys");
  if (settings.issuer === "") throw new UserError("the issuer value is required for generated keys");
  if (size > largestSecret) throw new UserError(`the key_size value must not be greater than ${largestSecret}`);
  try {
    return { ...settings, secret: encodeBase32(randomBytes(size)) };
  } catch (error) {
    throw new UserError("an error occurred while generating a key", { cause: error });
  }
}

/** What the caller gets to see of a generated key, once: its URL, and the same as a QR code unless its size is zero. */
export function exportKey(key: Key, host: HostKind, wish: PictureWish): Data {
  const url = makeOtpauthUrl(key, host);
  return wish.qr_size === 0 ? { url } : { url, barcode: drawBarcode(url, wish) };
}
