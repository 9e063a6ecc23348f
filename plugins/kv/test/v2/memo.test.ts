import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemo } from "../../src/v2/memo.ts";

test("remembers results, but not all, not long ones, and no errors", () => {
  const made: string[] = [];
  const memo = createMemo((text) => {
    made.push(text);
    if (text === "bad") throw new Error("bad text");
    return text.toUpperCase();
  });

  assert.deepEqual([memo("a"), memo("a")], ["A", "A"]);
  assert.deepEqual(made, ["a"]);
  for (let count = 0; count < 10_000; count += 1) memo(`${count}`);
  made.length = 0;
  assert.deepEqual([memo("a"), memo("9999")], ["A", "9999"]);
  assert.deepEqual(made, ["a"]);
  const long = "x".repeat(600);
  for (const text of [long, long]) memo(text);
  for (let count = 0; count < 2; count += 1) assert.throws(() => memo("bad"), { message: "bad text" });
  assert.deepEqual(made, ["a", long, long, "bad", "bad"]);
});

test("makes a text anew that comes within another", () => {
  const made: string[] = [];
  const memo = createMemo((text, within) => {
    made.push(`${within}:${text}`);
    return `${within}:${text}`;
  });

  assert.deepEqual([memo("a", "x"), memo("a", "x"), memo("a", "y"), memo("a")], ["x:a", "x:a", "y:a", ":a"]);
  assert.deepEqual(made, ["x:a", "y:a", ":a"]);
});
