import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBase32, encodeBase32, padBase32 } from "../src/base32.ts";

const vectors: readonly (readonly [string, string])[] = [
  ["", ""],
  ["f", "MY======"],
  ["fo", "MZXQ===="],
  ["foo", "MZXW6==="],
  ["foob", "MZXW6YQ="],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI======"],
];

for (const [text, encoded] of vectors)
  test(`writes and reads the vector "${text}" of RFC 4648`, () => {
    assert.equal(padBase32(encodeBase32(Buffer.from(text))), encoded);
    assert.equal(Buffer.from(decodeBase32(encoded)).toString(), text);
  });

test("writes and reads all bytes", () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

  assert.deepEqual(Buffer.from(decodeBase32(padBase32(encodeBase32(bytes)))), bytes);
});

test("reads small letters, line breaks, and letters whose capitals are ASCII, as Go does", () => {
  assert.deepEqual(Buffer.from(decodeBase32("mzxw6ytb")), Buffer.from("fooba"));
  assert.deepEqual(Buffer.from(decodeBase32("MZXW\r\n6YTB\n")), Buffer.from("fooba"));
  assert.deepEqual(decodeBase32("ıſııııſſ"), decodeBase32("ISIIIISS"));
});

test("ignores the bits of the last character that belong to no byte, as Go does", () => {
  assert.deepEqual(decodeBase32("AB======"), decodeBase32("AA======"));
  assert.deepEqual(decodeBase32("AAAH===="), decodeBase32("AAAA===="));
  assert.deepEqual(decodeBase32("AAAAB==="), decodeBase32("AAAAA==="));
  assert.deepEqual(decodeBase32("AAAAAAH="), decodeBase32("AAAAAAA="));
});

test("reads a text of line breaks only as no bytes, as Go does", () => {
  assert.equal(decodeBase32("\n".repeat(8)).length, 0);
});

// The positions were found by running Go's decoder.
const wrong: readonly (readonly [string, number])[] = [
  ["1", 0],
  ["A", 1],
  ["AAA", 3],
  ["AAAAAA", 6],
  ["JBSW Y3DP", 4],
  ["JBSWY3DP=", 8],
  ["é", 0],
  ["AAAAAAAé", 7],
  ["AAAA\nAAAA", 8],
  ["AAAAAAA\n", 0],
  ["AA=====\n", 7],
];

for (const [text, position] of wrong)
  test(`says where "${text}" is wrong`, () => {
    assert.throws(() => decodeBase32(padBase32(text)), {
      name: "IllegalBase32",
      message: `illegal base32 data at input byte ${position}`,
    });
  });

test("refuses what comes after padding", () => {
  assert.throws(() => decodeBase32("AA=A===="), { name: "IllegalBase32" });
  assert.throws(() => decodeBase32("AA======AAAAAAAA"), { name: "IllegalBase32" });
});
