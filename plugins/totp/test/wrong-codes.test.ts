import assert from "node:assert/strict";
import { test } from "node:test";
import { createWrongCodes } from "../src/wrong-codes.ts";

test("knows a code until its time is over", () => {
  const wrong = createWrongCodes();
  wrong.add("k", "123456", 0, 90);

  assert.equal(wrong.has("k", "123456", 89.9), true);
  assert.equal(wrong.has("k", "123456", 90), false);
});

test("tells keys apart, also where name and code together read the same", () => {
  const wrong = createWrongCodes();
  wrong.add("a_1", "23", 0, 90);

  assert.equal(wrong.has("a", "1_23", 0), false);
  assert.equal(wrong.has("b", "23", 0), false);
});

test("forgets the oldest when there are too many", () => {
  const wrong = createWrongCodes({ capacity: 2 });
  for (const code of ["1", "2", "1", "3"]) wrong.add("k", code, 0, 90);

  assert.deepEqual(
    ["1", "2", "3"].map((code) => wrong.has("k", code, 0)),
    [true, false, true],
  );
});

test("lets go of codes whose time is over, two with each that comes", () => {
  const wrong = createWrongCodes();
  for (const code of ["1", "2", "3", "4"]) wrong.add("k", code, 0, 90);
  assert.equal(wrong.size, 4);

  wrong.add("k", "5", 89, 180);
  assert.equal(wrong.size, 5);
  wrong.add("k", "6", 90, 180);
  assert.equal(wrong.size, 4);
  wrong.add("k", "7", 90, 180);
  wrong.add("k", "8", 90, 180);

  assert.equal(wrong.size, 4);
  assert.equal(wrong.has("k", "5", 90), true);
});
