/** A field of a message: its number, and a number or bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** Bytes that are no message. */
export class NoMessage extends Error {
  override readonly name: string = "NoMessage";
}

const varint = 0;
const fixed64 = 1;
const lengthDelimited = 2;
const fixed32 = 5;
const longestVarint = 10;

/** Reads the fields of a message, in their order. */
export function* readFields(bytes: Buffer): Generator<WireField> {
  let at = 0;
  const take = (size: number): Buffer => {
    if (size > bytes.length - at) throw new NoMessage("the message ends too early");
    at += size;
    return bytes.subarray(at - size, at);
  };
  const number = (): bigint => {
    let value = 0n;
    for (let index = 0; index < longestVarint; index += 1) {
      const byte = take(1).readUInt8();
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new NoMessage("a number is too long");
  };
  while (at < bytes.length) {
    const tag = Number(number());
    const type = tag % 8;
    const field = { number: Math.floor(tag / 8) };
    if (type === varint) yield { ...field, value: number() };
    else if (type === lengthDelimited) yield { ...field, value: take(Number(number())) };
    else if (type === fixed64) yield { ...field, value: take(8) };
    else if (type === fixed32) yield { ...field, value: take(4) };
    else throw new NoMessage("a field has an unknown type");
  }
}

/** Writes a field that is a number, which is not negative. */
export function numberField(number: number, value: number): Buffer {
  return Buffer.concat([writeVarint(number * 8 + varint), writeVarint(value)]);
}

/** Writes a field that is text, bytes or a message. */
export function bytesField(number: number, value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([writeVarint(number * 8 + lengthDelimited), writeVarint(bytes.length), bytes]);
}

function writeVarint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 0x80) + 0x80);
  }
}
