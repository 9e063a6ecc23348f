import assert from "node:assert/strict";
import { test } from "node:test";
import { escapePattern } from "../../src/values/escape-pattern.ts";

test("an escaped text matches itself and nothing else", () => {
  const text = "a.b*c+d?e^f$g{h}i(j)k[l]m|n\\o/p-q";

  const pattern = new RegExp(`^${escapePattern(text)}$`);

  assert.ok(pattern.test(text));
  assert.ok(!pattern.test(text.replace(".", "x")));
});

test("an escaped text stands in patterns with every flag", () => {
  assert.ok(new RegExp(escapePattern("a-b/c"), "u").test("a-b/c"));
});
