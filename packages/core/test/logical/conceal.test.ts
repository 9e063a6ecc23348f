import assert from "node:assert/strict";
import { test } from "node:test";
import { conceal, textsIn } from "../../src/logical/conceal.ts";

test("texts and numbers are found at any depth, the longest first", () => {
  const data = { a: ["secret", { b: "long secret", c: 123456n, d: 9876 }], e: undefined, f: null };

  assert.deepEqual(textsIn(data, undefined, { g: "last" }), ["long secret", "123456", "secret", "last", "9876"]);
});

test("short texts are left, since they stand in every stack", () => {
  assert.deepEqual(textsIn({ a: "at", b: 1, c: true }), []);
});

test("all places of a text are hidden, and of two texts the longer one first", () => {
  assert.equal(conceal("x secret y long secret secret", ["long secret", "secret"]), "x (hidden) y (hidden) (hidden)");
});

test("data of any size takes no long time", () => {
  const wide = Array.from({ length: 200_000 }, (_, index) => `value ${index}`);

  assert.equal(textsIn({ wide }).length <= 500, true);
});
