import { UserError } from "@vaultwright/core";

/** The longest secret that is taken or made, in bytes: much longer than any hash function can make use of. */
export const largestSecret = 1024;

/** Refuses secrets that are too long. */
export function checkSecretSize(secret: Uint8Array): void {
  if (secret.length > largestSecret) throw new UserError(`a secret must not be longer than ${largestSecret} bytes`);
}
