import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { FieldReader } from "../../src/rpc/field-reader.ts";

const texts = [
  "",
  "a",
  "data/team/secret",
  "x".repeat(127),
  "x".repeat(128),
  "ä".repeat(64),
  "\u{1f511}\u0000\ufeff日本",
  "é".repeat(70_000),
];

/** The bytes of texts, as a part of something longer. */
function written(values: readonly string[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const value of values) writer.string(value);
  const bytes = writer.finish();
  const around = new Uint8Array(bytes.length + 20).fill(0x7a);
  around.set(bytes, 10);
  return around.subarray(10, 10 + bytes.length);
}

describe("the texts of a message", () => {
  test("are those that were written", () => {
    const reader = new FieldReader(written(texts));
    assert.deepEqual(
      texts.map(() => reader.string()),
      texts,
    );
    assert.equal(reader.pos, reader.len);
  });

  test("that are no UTF-8 read as the library reads them", () => {
    for (const bytes of [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x41], [0xc0, 0x80, 0x62]]) {
      const message = Uint8Array.of(bytes.length, ...bytes);
      assert.equal(new FieldReader(message).string(), new BinaryReader(message).string());
    }
  });

  test("do not end behind the message", () => {
    const cut = written(["a text"]).subarray(0, 4);
    for (const reader of [new FieldReader(cut), new BinaryReader(cut)])
      assert.throws(() => reader.string(), { name: "RangeError", message: "premature EOF" });
  });
});
