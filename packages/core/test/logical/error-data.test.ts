import assert from "node:assert/strict";
import { test } from "node:test";
import { isErrorData } from "../../src/logical/error-data.ts";

test("data is a failure where it is a text alone, or a text beside other data", () => {
  const cases: readonly [object, boolean][] = [
    [{ error: "x" }, true],
    [{ error: "x", data: {} }, true],
    [{ error: "x", a: 1 }, false],
    [{ error: null }, false],
    [{ error: "x", data: null }, false],
    [{}, false],
  ];

  assert.deepEqual(
    cases.map(([data]) => [data, isErrorData({ ...data })]),
    cases,
  );
});

test("members that do not reach the wire do not hide a failure", () => {
  assert.equal(isErrorData({ error: "x", other: undefined }), true);
  assert.equal(isErrorData({ error: undefined }), false);
});
