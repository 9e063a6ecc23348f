import assert from "node:assert/strict";
import { test } from "node:test";
import { leaseToWire } from "../../src/wire/lease.ts";
import { timeFromWire, timeToWire } from "../../src/wire/time.ts";

test("no time is the start of year 1", () => {
  assert.deepEqual(timeToWire(undefined), { seconds: -62_135_596_800n, nanos: 0 });
});

test("the start of year 1, and nothing, are no time [W93]", () => {
  assert.equal(timeFromWire({ seconds: -62_135_596_800n, nanos: 0 }), undefined);
  assert.equal(timeFromWire(undefined), undefined);
});

test("a time is kept to the millisecond, also before 1970", () => {
  for (const text of ["2026-01-02T03:04:05.678Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"]) {
    assert.equal(timeFromWire(timeToWire(new Date(text)))?.toISOString(), text);
  }
});

test("a time with finer parts is not rounded into the future", () => {
  assert.equal(timeFromWire({ seconds: 0n, nanos: 999_999_999 })?.getTime(), 999);
});

test("a lease without an issue time still has one on the wire [W92]", () => {
  assert.deepEqual(leaseToWire({ ttl: 1 }).issueTime, { seconds: -62_135_596_800n, nanos: 0 });
});

test("refuses a date that is none", () => {
  assert.throws(() => timeToWire(new Date(Number.NaN)), { message: "a time is not a valid date" });
});
