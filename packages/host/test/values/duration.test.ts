import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDuration } from "../../src/values/duration.ts";

test("reads durations as clients write them", () => {
  const texts = [30, "30", "90s", "1h30m", "7d", "500ms", "", "-5", "1.5h"];

  assert.deepEqual(texts.map(parseDuration), [30, 30, 90, 5400, 604_800, 0.5, 0, -5, 5400]);
});

test("refuses what is no duration", () => {
  for (const text of ["soon", "1x", "1h 30m", true, {}]) assert.throws(() => parseDuration(text), { kind: "user" });
});
