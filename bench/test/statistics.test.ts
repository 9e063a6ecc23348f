import assert from "node:assert/strict";
import { test } from "node:test";
import { spreadOf } from "../statistics.ts";

test("gives the median and the quartiles of figures in any order", () => {
  assert.deepEqual(spreadOf([5, 1, 3, 2, 4]), { median: 3, low: 2, high: 4 });
  assert.deepEqual(spreadOf([4, 1, 3, 2]), { median: 2.5, low: 1.75, high: 3.25 });
  assert.deepEqual(spreadOf([7]), { median: 7, low: 7, high: 7 });
});

test("refuses the median of nothing", () => {
  assert.throws(() => spreadOf([]), { message: "there is no median of no figures" });
});
