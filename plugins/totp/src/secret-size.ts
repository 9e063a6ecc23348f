import { UserError } from "@vaultwright/core";

/** The longest secret that is taken or made, in bytes: much longer than any hash function can make use of. */
export const largestSecret = 1024;

/** Refuses secrets that are too long: bytes, or Base32, which is longer and may have line breaks. */
export function checkSecretSize(secret: Uint8Array | string): void {
  const most = typeof secret === "string" ? 2 * largestSecret : largestSecret;
  if (secret.length > most) throw new UserError(`a secret must not be longer than ${largestSecret} bytes`);
}
