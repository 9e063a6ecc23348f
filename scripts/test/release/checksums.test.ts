import assert from "node:assert/strict";
import { test } from "node:test";
import { formatChecksums, parseChecksums, sha256 } from "../../release/checksums.ts";

const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

test("checksums are lines as sha256sum writes them, in the order of the names", () => {
  const text = formatChecksums(new Map(Object.entries({ b: sha256(""), a: empty })));

  assert.equal(text, `${empty}  a\n${empty}  b\n`);
  assert.deepEqual(Object.fromEntries(parseChecksums(text)), { a: empty, b: empty });
});

test("a line that is no checksum is refused", () => {
  assert.throws(() => parseChecksums(`${empty}  a\n<html>\n`), { message: '"<html>" is not a line of checksums' });
});
