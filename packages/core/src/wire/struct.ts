import { BinaryReader } from "@bufbuild/protobuf/wire";
import { type Data, stringifyJson } from "../logical/json.ts";

/** Gives data as the plain JSON that a google Struct can hold; its numbers are doubles. What is no JSON is thrown. */
export function structToWire(data: Data): Data {
  return JSON.parse(stringifyJson(data));
}

/** Reads the bytes of a google Struct. The generated reader would take a key `__proto__` for the prototype. */
export function structFromWire(bytes: Uint8Array): Data {
  return Object.fromEntries(payloads(bytes, 1).map(entryFromWire));
}

/** Gives the contents of a field, of those types that carry their length. */
export function payloads(bytes: Uint8Array, field: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === field && type === lengthDelimited) found.push(reader.bytes());
    else reader.skip(type, number);
  }
  return found;
}

const lengthDelimited = 2;

function entryFromWire(bytes: Uint8Array): [string, unknown] {
  const key = payloads(bytes, 1).at(-1);
  const value = payloads(bytes, 2).at(-1);
  return [key ? utf8.decode(key) : "", value ? valueFromWire(value) : null];
}

const utf8 = new TextDecoder();

function valueFromWire(bytes: Uint8Array): unknown {
  const reader = new BinaryReader(bytes);
  if (reader.len === 0) return null;
  const [kind] = reader.tag();
  switch (kind) {
    case 2:
      return reader.double();
    case 3:
      return reader.string();
    case 4:
      return reader.bool();
    case 5:
      return structFromWire(reader.bytes());
    case 6:
      return payloads(reader.bytes(), 1).map(valueFromWire);
    default:
      return null;
  }
}
