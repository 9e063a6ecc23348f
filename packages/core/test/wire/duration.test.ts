import assert from "node:assert/strict";
import { test } from "node:test";
import * as pb from "../../src/gen/pb/backend.ts";
import { present } from "../../src/logical/present.ts";
import { authFromWire, authToWire } from "../../src/wire/auth.ts";
import { durationFromWire, durationToWire } from "../../src/wire/duration.ts";
import { secretFromWire, secretToWire } from "../../src/wire/secret.ts";
import { throughBytes } from "./full.ts";

test("whole seconds are exact beyond 104 days [W94]", () => {
  const seconds = 105 * 24 * 3600 + 1;

  assert.equal(durationToWire(seconds), 9_072_001_000_000_000n);
  assert.equal(durationFromWire(9_072_001_000_000_000n), seconds);
});

test("thousandths of a second are exact beyond 104 days, up to Go's longest duration [W94]", () => {
  for (const [seconds, nanoseconds] of [
    [34_560_000.123, 34_560_000_123_000_000n],
    [9_223_372_035.999, 9_223_372_035_999_000_000n],
    [-34_560_000.123, -34_560_000_123_000_000n],
  ] as const) {
    assert.equal(durationToWire(seconds), nanoseconds);
    assert.equal(durationFromWire(nanoseconds), seconds);
  }
});

test("every duration of a lease and of a login is nanoseconds, exact beyond 104 days [W94]", () => {
  const [ttl, maxTtl, increment, period, explicitMaxTtl] = [1, 2, 3, 4, 5].map((more) => 34_560_000 + more);
  const lease = { ttl, maxTtl, increment };
  const nanoseconds = {
    ttl: 34_560_001_000_000_000n,
    maxTtl: 34_560_002_000_000_000n,
    increment: 34_560_003_000_000_000n,
  };

  const secret = throughBytes(pb.Secret, secretToWire(present(lease)));
  const auth = throughBytes(pb.Auth, authToWire(present({ ...lease, period, explicitMaxTtl })));

  for (const { leaseOptions } of [secret, auth]) {
    const { renewable, issueTime, ...durations } = leaseOptions ?? {};
    assert.deepEqual(durations, nanoseconds);
  }
  assert.deepEqual([auth.period, auth.explicitMaxTtl], [34_560_004_000_000_000n, 34_560_005_000_000_000n]);
  assert.deepEqual(secretFromWire(secret), lease);
  assert.deepEqual(authFromWire(auth), { ...lease, period, explicitMaxTtl });
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
