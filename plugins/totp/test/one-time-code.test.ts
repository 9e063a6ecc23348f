import assert from "node:assert/strict";
import { test } from "node:test";
import { type Algorithm, codeAt, isValidCode } from "../src/one-time-code.ts";

const secrets: Readonly<Record<Algorithm, Buffer>> = {
  SHA1: Buffer.from("12345678901234567890"),
  SHA256: Buffer.from("12345678901234567890123456789012"),
  SHA512: Buffer.from("1234567890123456789012345678901234567890123456789012345678901234"),
};

// RFC 6238, appendix B.
const vectors: readonly (readonly [number, string, string, string])[] = [
  [59, "94287082", "46119246", "90693936"],
  [1111111109, "07081804", "68084774", "25091201"],
  [1111111111, "14050471", "67062674", "99943326"],
  [1234567890, "89005924", "91819424", "93441116"],
  [2000000000, "69279037", "90698825", "38618901"],
  [20000000000, "65353130", "77737706", "47863826"],
];

function settings(algorithm: Algorithm, digits = 8, skew = 1) {
  return { secret: secrets[algorithm], algorithm, digits, skew, period: 30 };
}

for (const [time, sha1, sha256, sha512] of vectors)
  test(`makes the codes of RFC 6238 at ${time} [T61, T62]`, () => {
    assert.equal(codeAt(settings("SHA1"), time), sha1);
    assert.equal(codeAt(settings("SHA256"), time), sha256);
    assert.equal(codeAt(settings("SHA512"), time), sha512);
    assert.equal(codeAt(settings("SHA1", 6), time), sha1.slice(2));
  });

test("keeps leading zeros [T63]", () => {
  assert.equal(codeAt(settings("SHA1", 6), 1111111109), "081804");
});

test("takes the code of the steps before and after with a skew of 1, and no other [T75, T77]", () => {
  const times = [0, 29, 30, 59, 60, 89, 90];

  const valid = times.filter((time) => isValidCode(settings("SHA1"), "94287082", time));

  assert.deepEqual(valid, [0, 29, 30, 59, 60, 89]);
});

test("takes the code of the current step only with a skew of 0 [T76]", () => {
  const times = [0, 29, 30, 59, 60, 89, 90];

  const valid = times.filter((time) => isValidCode(settings("SHA1", 8, 0), "94287082", time));

  assert.deepEqual(valid, [30, 59]);
});

test("a code of another length is not valid", () => {
  for (const code of ["287082", "094287082", "", "9428708２"])
    assert.equal(isValidCode(settings("SHA1"), code, 59), false);
});
