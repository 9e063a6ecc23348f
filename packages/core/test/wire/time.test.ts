import assert from "node:assert/strict";
import { test } from "node:test";
import * as pb from "../../src/gen/pb/backend.ts";
import { authFromWire, authToWire } from "../../src/wire/auth.ts";
import { leaseFromWire, leaseToWire } from "../../src/wire/lease.ts";
import { responseToWire } from "../../src/wire/response.ts";
import { secretFromWire, secretToWire } from "../../src/wire/secret.ts";
import { timeFromWire, timeToWire } from "../../src/wire/time.ts";
import { throughBytes } from "./full.ts";

const startOfYear1 = { seconds: -62_135_596_800n, nanos: 0 };

test("no time is the start of year 1", () => {
  assert.deepEqual(timeToWire(undefined), { seconds: -62_135_596_800n, nanos: 0 });
});

test("the start of year 1, and nothing, are no time [W93]", () => {
  assert.equal(timeFromWire({ seconds: -62_135_596_800n, nanos: 0 }), undefined);
  assert.equal(timeFromWire(undefined), undefined);
});

test("a lease, a secret and a login of year 1 have no issue time [W93]", () => {
  const leaseOptions = { ...leaseToWire({ ttl: 60 }), issueTime: startOfYear1 };

  assert.deepEqual(leaseFromWire(leaseOptions), { ttl: 60 });
  assert.deepEqual(secretFromWire({ ...secretToWire({}), leaseOptions }), { ttl: 60 });
  assert.deepEqual(authFromWire({ ...authToWire({}), leaseOptions }), { ttl: 60 });
});

test("a time is kept to the millisecond, also before 1970", () => {
  for (const text of ["2026-01-02T03:04:05.678Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"]) {
    assert.equal(timeFromWire(timeToWire(new Date(text)))?.toISOString(), text);
  }
});

test("a time with finer parts is not rounded into the future", () => {
  assert.equal(timeFromWire({ seconds: 0n, nanos: 999_999_999 })?.getTime(), 999);
});

test("every lease that is sent has an issue time, that of year 1 where none was given [W92]", () => {
  const issueTime = new Date("2026-01-02T03:04:05Z");
  const sent = [{ secret: {} }, { auth: {} }, { secret: { issueTime } }, { auth: { issueTime } }];

  const times = sent
    .map((response) => throughBytes(pb.Response, responseToWire(response)))
    .map(({ secret, auth }) => (secret ?? auth)?.leaseOptions?.issueTime);

  const given = { seconds: 1_767_323_045n, nanos: 0 };
  assert.deepEqual(times, [startOfYear1, startOfYear1, given, given]);
});

test("refuses a date that is none", () => {
  assert.throws(() => timeToWire(new Date(Number.NaN)), { message: "a time is not a valid date" });
});
