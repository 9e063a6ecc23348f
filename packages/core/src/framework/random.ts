import { randomInt } from "node:crypto";

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";

/** Gives so many random letters and digits, each as likely as any other. */
export function randomBase62(length: number): string {
  return randomText(upper + lower + digits, length);
}

const passwordLength = 20;

/** Gives a password as plugins make them where no policy is named: 20 characters, with each usual class among them. */
export function randomPassword(): string {
  for (;;) {
    const found = randomText(`${lower}${upper}${digits}-`, passwordLength);
    if (/[a-z]/.test(found) && /[A-Z]/.test(found) && /\d/.test(found) && found.includes("-")) return found;
  }
}

function randomText(alphabet: string, length: number): string {
  if (!(length >= 0)) throw new RangeError("a length must not be negative");
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}
