/** Tags of the ASN.1 types that a certificate is made of. */
const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Encodes any element: its tag, its length, its content. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag, ...lengthBytes(content.length)), content]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes = bigEndian(length);
  return [0x80 | bytes.length, ...bytes];
}

function bigEndian(value: number): readonly number[] {
  return value < 0x100 ? [value] : [...bigEndian(Math.floor(value / 0x100)), value % 0x100];
}

/** Encodes elements in order. */
export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(tags.sequence, ...elements);
}

/** Encodes a set of one element. */
export function setOf(only: Uint8Array): Buffer {
  return element(tags.set, only);
}

/** Encodes an element that is known by its number in the surrounding structure. */
export function tagged(number: number, content: Uint8Array): Buffer {
  return element(0xa0 | number, content);
}

/** Encodes a number that is not negative, given as its bytes, most significant first. */
export function integer(magnitude: Uint8Array): Buffer {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Uint8Array.of(0) : magnitude.subarray(start);
  const isSigned = (digits[0] ?? 0) >= 0x80;
  return element(tags.integer, isSigned ? Uint8Array.of(0) : Uint8Array.of(), digits);
}

export const truth: Buffer = element(tags.boolean, Uint8Array.of(0xff));

/** Encodes bits; `unused` counts those of the last byte that do not belong to them. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return element(tags.bitString, Uint8Array.of(unused), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return element(tags.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return element(tags.utf8String, Buffer.from(text));
}

/** Encodes an object identifier in dotted notation. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(tags.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const low = value % 0x80;
  return value < 0x80 ? [low] : [...base128(Math.floor(value / 0x80)).map((byte) => byte | 0x80), low];
}

/** Encodes a time to the second, as RFC 5280 demands: with two digits of the year before 2050, with four afterwards. */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/\D/g, "")}Z`;
  if (date.getUTCFullYear() < 2050) return element(tags.utcTime, Buffer.from(digits.slice(2)));
  return element(tags.generalizedTime, Buffer.from(digits));
}
