import assert from "node:assert/strict";
import { test } from "node:test";
import { identifiersOf, writeLicences } from "../../release/licences.ts";
import { sampleContents } from "./contents.ts";

test("takes the licences out of an expression", () => {
  assert.deepEqual(identifiersOf("(Apache-2.0 WITH LLVM-exception) AND MIT"), ["Apache-2.0", "LLVM-exception", "MIT"]);
});

test("has every notice once, with all packages that bring it, and the texts of the others' licences", () => {
  const text = writeLicences(sampleContents(), ["Copyright of glibc", "Copyright of glibc"]);

  assert.equal(text.split("Copyright somebody").length, 2);
  assert.ok(text.includes("qr 0.7.0, @scure/base 2.4.0\n\nCopyright somebody"));
  assert.equal(text.split("Copyright of glibc").length, 2);
  for (const licence of ["GNU LIBRARY GENERAL PUBLIC LICENSE", "GNU LESSER GENERAL PUBLIC LICENSE", "Apache License"])
    assert.ok(text.includes(licence), licence);
});

test("says where the sources of libraries under the LGPL are", () => {
  assert.match(writeLicences(sampleContents(), []), /https:\/\/github\.com\/oven-sh\/WebKit/);
});
