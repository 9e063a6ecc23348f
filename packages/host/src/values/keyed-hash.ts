import { createHmac } from "node:crypto";

/** Hashes texts with a key, in hexadecimal. */
export type KeyedHash = (text: string) => string;

// The same few tokens come with request after request, and a hash costs more than most of what else is done for one.
const mostKept = 1_000;

/** Makes the hash of a key, which remembers what it was asked last. */
export function createKeyedHash(key: string): KeyedHash {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const hash = createHmac("sha256", key).update(text).digest("hex");
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, hash);
    return hash;
  };
}
