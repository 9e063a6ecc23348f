import { UserError } from "@vaultwright/core";
import { decodeBase32, IllegalBase32, padBase32 } from "./base32.ts";
import type { Key } from "./keys.ts";
import { checkSecretSize } from "./secret-size.ts";

/** Makes a key of a secret that the caller gave. */
export function givenKey(settings: Key): Key {
  if (settings.secret === "") throw new UserError("the key value is required");
  // Before it is read, since a secret of megabytes would hold up all other requests.
  checkSecretSize(settings.secret);
  const secret = padBase32(settings.secret);
  checkSecretSize(decode(secret));
  return { ...settings, secret };
}

function decode(secret: string): Uint8Array {
  try {
    return decodeBase32(secret);
  } catch (error) {
    if (!(error instanceof IllegalBase32)) throw error;
    throw new UserError(`invalid key value: ${error.message}`, { cause: error });
  }
}
