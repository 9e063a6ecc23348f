import { randomBytes, randomInt, randomUUID } from "node:crypto";

const base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Makes random text of letters and digits. */
export function randomBase62(length: number): string {
  return Array.from({ length }, () => base62Alphabet[randomInt(base62Alphabet.length)]).join("");
}

/** Makes random text of hexadecimal digits. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

/** Makes a UUID. */
export function newUuid(): string {
  return randomUUID();
}
