import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Remembers the last shared secret that fitted its hash, so that the next login with it costs no hash. */
export interface RecentSecret {
  /** Whether this is the remembered secret of this hash; no says nothing of whether it fits. */
  is(secret: string, hash: string): boolean;
  remember(secret: string, hash: string): void;
}

/**
 * Makes the memory of one mount. It keeps no clear text but an HMAC under a key that nobody has beside it: what is stored
 * stays as hard to guess as scrypt makes it, and so does a secret that is guessed by logging in.
 */
export function createRecentSecret(): RecentSecret {
  const key = randomBytes(32);
  const digestOf = (secret: string): Buffer => createHmac("sha256", key).update(secret).digest();
  let known: { readonly hash: string; readonly digest: Buffer } | undefined;

  return {
    is: (secret, hash) => known?.hash === hash && timingSafeEqual(known.digest, digestOf(secret)),
    remember(secret, hash) {
      known = { hash, digest: digestOf(secret) };
    },
  };
}
