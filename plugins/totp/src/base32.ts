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
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(bitsPerCharacter, "0"), 2))).join("");
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
export function decodeBase32(text: string): Buffer {
  const capitals = text.replace(/[a-zıſ]+/g, (letters) => letters.toUpperCase());
  // A character for each byte, since positions in errors are those of bytes.
  const upper = Buffer.from(capitals.replace(/[\r\n]+/g, "")).toString("latin1");
  const length = checkedLength(upper);
  const bytes = Buffer.alloc(Math.floor((length * bitsPerCharacter) / 8));
  let bits = 0;
  let count = 0;
  let written = 0;
  for (let index = 0; index < length; index += 1) {
    bits = (bits << bitsPerCharacter) | alphabet.indexOf(upper.charAt(index));
    count += bitsPerCharacter;
    if (count < 8) continue;
    count -= 8;
    written = bytes.writeUInt8((bits >> count) & 0xff, written);
    // Only the bits that are still to be written are kept, so that the number cannot grow past 32 bits.
    bits &= (1 << count) - 1;
  }
  return bytes;
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
