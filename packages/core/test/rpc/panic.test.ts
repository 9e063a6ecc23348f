import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { panicLine } from "../../src/rpc/panic.ts";

describe("the line of a crash", () => {
  test("is one, and says what and where", () => {
    const line = panicLine(new RangeError("out of\nreach"));

    assert.match(line, /^panic: RangeError: out of \| reach \| at .*panic\.test\.ts.*\n$/);
    assert.equal(line.indexOf("\n"), line.length - 1);
  });

  test("starts as hosts know it and stays below 64 KiB [W131, W133]", () => {
    for (const thrown of [new Error("é".repeat(100_000)), "é".repeat(100_000)]) {
      const line = panicLine(thrown);

      assert.ok(line.startsWith("panic: "));
      assert.ok(Buffer.byteLength(line) < 64 * 1024);
    }
  });

  test("is written for what is no error, too", () => {
    assert.equal(panicLine("text"), "panic: text\n");
    assert.equal(panicLine(undefined), "panic: undefined\n");
  });
});
