import { type LogicalError, type Storage, UserError } from "@vaultwright/core";
import { decodeBase32, IllegalBase32, padBase32 } from "./base32.ts";
import { type Key, keyFromStored, keys } from "./keys.ts";

/** Gives the key of a name, and refuses names that have none. */
export async function findKey(storage: Storage, name: string): Promise<Key> {
  const stored = await keys.get(storage, name);
  if (stored === undefined) throw new UserError(`unknown key: ${name}`);
  return keyFromStored(stored);
}

/** Gives the bytes of a stored secret. It was checked before; this is for keys that something else wrote. */
export function decodeSecret({ secret }: Key, refusal: () => LogicalError): Uint8Array {
  try {
    return decodeBase32(padBase32(secret.trim()));
  } catch (error) {
    throw error instanceof IllegalBase32 ? refusal() : error;
  }
}
