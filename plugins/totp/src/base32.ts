import { base32 } from "@otplib/plugin-base32-scure";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const bitsPerCharacter = 5;
const charactersPerGroup = 8;

/** Text that is no base32. The message says where, and never repeats the text, which is a secret. */
export class IllegalBase32 extends Error {
  override readonly name: string = "IllegalBase32";
  constructor(position: number) {
    super(`illegal base32 data at input byte ${position}`);
  }
}

/** Writes bytes as base32 without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  return base32.encode(bytes);
}

/** Fills the last group of eight bytes up with `=`. */
export function padBase32(text: string): string {
  const missing = -Buffer.byteLength(text) & (charactersPerGroup - 1);
  return text + "=".repeat(missing);
}

/**
 * Reads padded base32, in capital or small letters; what cannot be read is thrown as {@link IllegalBase32}. It takes what
 * Go takes: line breaks, and two letters beyond ASCII whose capitals are ASCII.
 */
export function decodeBase32(text: string): Uint8Array {
  const capitals = text.replace(/[a-zıſ]+/g, (letters) => letters.toUpperCase());
  // A character for each byte, since positions in errors are those of bytes.
  const upper = Buffer.from(capitals.replace(/[\r\n]+/g, "")).toString("latin1");
  return base32.decode(withoutSpareBits(upper.slice(0, checkedLength(upper))));
}

/** Clears the bits of the last character that belong to no byte, which Go ignores and the library refuses. */
function withoutSpareBits(characters: string): string {
  const spare = (characters.length * bitsPerCharacter) % 8;
  if (spare === 0) return characters;
  const last = alphabet.indexOf(characters.slice(-1));
  return characters.slice(0, -1) + alphabet.charAt((last >> spare) << spare);
}

/** Gives the number of characters before the padding. The positions in the errors are those of Go's decoder. */
function checkedLength(text: string): number {
  const found = text.search(/[^A-Z2-7]/);
  const length = found === -1 ? text.length : found;
  const inGroup = length % charactersPerGroup;
  // Without the padding that it needs, the whole last group is wrong.
  if (found === -1 && inGroup > 0) throw new IllegalBase32(length - inGroup);
  if (found === -1) return length;
  const behind = text.slice(length + 1);
  if (text.charAt(length) !== "=" || inGroup < 2 || behind.length >= charactersPerGroup)
    throw new IllegalBase32(length);
  const padding = charactersPerGroup - 1 - inGroup;
  if (behind.length < padding) throw new IllegalBase32(text.length);
  const afterPadding = behind.slice(0, padding).search(/[^=]/);
  // Go names the last correct character here, not the wrong one behind it.
  if (afterPadding !== -1) throw new IllegalBase32(length + afterPadding);
  // These numbers of characters are no whole number of bytes.
  if ([3, 6].includes(inGroup)) throw new IllegalBase32(length);
  return length;
}
