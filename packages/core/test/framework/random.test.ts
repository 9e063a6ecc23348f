import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBase62, randomPassword } from "../../src/index.ts";

test("random text has the length asked for, and letters and digits only", () => {
  assert.match(randomBase62(5000), /^[A-Za-z0-9]{5000}$/);
  assert.equal(randomBase62(0), "");
  assert.notEqual(randomBase62(20), randomBase62(20));
});

test("random text uses all letters and digits", () => {
  assert.equal(new Set(randomBase62(5000)).size, 62);
});

test("a length below zero is refused", () => {
  assert.throws(() => randomBase62(-1), RangeError);
});

test("a password without a policy has 20 characters, with each class among them", () => {
  for (let attempt = 0; attempt < 50; attempt += 1)
    assert.match(randomPassword(), /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*-)[A-Za-z\d-]{20}$/);
});
