import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Storage } from "../logical/storage.ts";
import { createLocks } from "./locks.ts";

/** How a salt is kept and used. */
export interface SaltOptions {
  /** Where it is stored; `salt` by default. */
  readonly location?: string;
  /** An algorithm of `node:crypto`, for `id`; `sha256` by default. */
  readonly hash?: string;
  /** An algorithm of `node:crypto` for `hmac`, and what `identifiedHmac` calls it; `sha256` and `hmac-sha256` by default. */
  readonly hmac?: { readonly algorithm: string; readonly type: string };
}

/** Makes what cannot be turned back of values that must not be stored as they are, such as tokens. */
export interface Salt {
  /** Whether the salt was made just now rather than found. */
  readonly isNew: boolean;
  /** The salted hash of a value, in hexadecimal. */
  id(value: string): string;
  /** The HMAC of a value, in hexadecimal. */
  hmac(value: string): string;
  /** The HMAC behind its type and a colon. */
  identifiedHmac(value: string): string;
}

/** Reads the mount's salt, or makes and stores one. */
export async function loadSalt(storage: Storage, options: SaltOptions = {}): Promise<Salt> {
  const { location = "salt" } = options;
  const stored = async (): Promise<Salt | undefined> => {
    const found = new TextDecoder().decode((await storage.get(location))?.value);
    return found === "" ? undefined : saltOf({ salt: found, isNew: false }, options);
  };
  const make = async (): Promise<Salt> => {
    const made = randomUUID();
    await storage.put({ key: location, value: new TextEncoder().encode(made) });
    return saltOf({ salt: made, isNew: true }, options);
  };
  return (await stored()) ?? making.exclusive(location, async () => (await stored()) ?? make());
}

/**
 * Two first requests would each make a salt, and what the one stores with its own could never be found again. It is no
 * state of a mount: mounts wait for each other's first salt only.
 */
const making = createLocks();

/** Makes a salt that lives as long as it is held. */
export function createSalt(options: Omit<SaltOptions, "location"> = {}): Salt {
  return saltOf({ salt: randomUUID(), isNew: true }, options);
}

function saltOf({ salt, isNew }: { readonly salt: string; readonly isNew: boolean }, options: SaltOptions): Salt {
  const { hash = "sha256", hmac: { algorithm, type } = { algorithm: "sha256", type: "hmac-sha256" } } = options;
  const hmac = (value: string) => createHmac(algorithm, salt).update(value).digest("hex");
  return {
    isNew,
    hmac,
    id: (value) =>
      createHash(hash)
        .update(salt + value)
        .digest("hex"),
    identifiedHmac: (value) => `${type}:${hmac(value)}`,
  };
}
