import { UserError } from "@vaultwright/core";
import { encodeBase32 } from "./base32.ts";
import { decodeSecret } from "./find-key.ts";
import type { Key } from "./keys.ts";

/** Gives the secret of a key in the Base32 that every app reads: capital letters, no padding. */
export function plainSecret(key: Key, called: string): string {
  return encodeBase32(secretBytes(key, called));
}

/** Gives the bytes of the secret of a key; `called` is what a refusal calls the key. */
export function secretBytes(key: Key, called: string): Uint8Array {
  return decodeSecret(key, () => new UserError(`${called} cannot be exported: its secret is no Base32`));
}
