import assert from "node:assert/strict";
import { test } from "node:test";
import { durationFromWire, durationToWire } from "../../src/wire/duration.ts";

test("whole seconds are exact beyond 104 days [W94]", () => {
  const seconds = 105 * 24 * 3600 + 1;

  assert.equal(durationToWire(seconds), 9_072_001_000_000_000n);
  assert.equal(durationFromWire(9_072_001_000_000_000n), seconds);
});

test("fractions of a second are kept", () => {
  assert.equal(durationToWire(1.1), 1_100_000_000n);
  assert.equal(durationFromWire(1_100_000_000n), 1.1);
  assert.equal(durationToWire(-0.5), -500_000_000n);
});

test("no duration is zero", () => {
  assert.equal(durationToWire(undefined), 0n);
  assert.equal(durationToWire(0), 0n);
});

test("a duration beyond Go's is the longest that Go has", () => {
  assert.equal(durationToWire(1e12), 9_223_372_036_854_775_807n);
  assert.equal(durationToWire(Number.POSITIVE_INFINITY), 9_223_372_036_854_775_807n);
  assert.equal(durationToWire(-1e12), -9_223_372_036_854_775_807n);
});

test("refuses what is not a number", () => {
  assert.throws(() => durationToWire(Number.NaN), { name: "RangeError", message: "a duration is not a number" });
});
