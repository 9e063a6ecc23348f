import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Codec, codecs } from "../codecs.ts";
import { type Golden, readGoldens } from "../goldens.ts";
import { throughNoun } from "../nouns.ts";

const goldens = readGoldens();

// Generated code reads a Struct into a plain object, which has no place for a key `__proto__`; wire reads these itself.
const withStruct: ReadonlySet<string> = new Set([
  "logical.EventData",
  "pb.RecordObservationRequest",
  "pb.SendEventRequest",
]);

describe("messages with every field set, as Go writes them", () => {
  test("are there for each message that we know, and no other", () => {
    const named = new Set(goldens.map(({ name }) => name));

    assert.deepEqual([...named].sort(), [...codecs.keys()].sort());
  });

  test("set every field that we know to something else than zero", () => {
    // The last one of a name is the one with all fields.
    const fullest = new Map(goldens.map((golden) => [golden.name, golden]));

    const zero = [...fullest].flatMap(([name, golden]) => zeroFields(codecOf(name), golden));

    assert.deepEqual(zero, []);
  });

  test("are read and written again without a change", () => {
    for (const golden of goldens.filter(({ name }) => !withStruct.has(name))) {
      const codec = codecOf(golden.name);

      const bytes = codec.encode(codec.decode(bytesOf(golden))).finish();

      assert.deepEqual(Buffer.from(bytes), bytesOf(golden), `${golden.name} of ${golden.maker}`);
    }
  });

  test("stay the same through our nouns", () => {
    for (const golden of goldens) {
      const bytes = throughNoun[golden.name]?.(bytesOf(golden));

      if (bytes !== undefined) {
        assert.deepEqual(Buffer.from(bytes), bytesOf(golden), `${golden.name} of ${golden.maker}`);
      }
    }
  });
});

function zeroFields(codec: Codec<object>, golden: Golden): readonly string[] {
  const zero = codec.decode(new Uint8Array());
  const message = codec.decode(bytesOf(golden));
  return Object.keys(zero)
    .filter((key) => isSame(Reflect.get(message, key), Reflect.get(zero, key)))
    .map((key) => `${golden.name}.${key}`);
}

function isSame(left: unknown, right: unknown): boolean {
  try {
    assert.deepEqual(left, right);
    return true;
  } catch {
    return false;
  }
}

function codecOf(name: string): Codec<object> {
  const codec = codecs.get(name);
  if (codec === undefined) throw new Error(`no generated code for ${name}`);
  return codec;
}

function bytesOf({ bytes }: Golden): Buffer {
  return Buffer.from(bytes, "base64");
}
