import assert from "node:assert/strict";
import { test } from "node:test";
import { createThrottle, type Throttle } from "../src/throttle.ts";

const lockout = { threshold: 3, duration: 60, counterReset: 30 };

function throttleAt(clock: { seconds: number }, capacity?: number): Throttle {
  return createThrottle({ now: () => clock.seconds, ...(capacity !== undefined && { capacity }) });
}

function failTimes(throttle: Throttle, name: string, times: number): void {
  for (let time = 0; time < times; time += 1) throttle.fail(name, lockout);
}

test("locks a user at the threshold and not before", () => {
  const throttle = throttleAt({ seconds: 0 });

  failTimes(throttle, "bob", 2);
  const before = throttle.isLocked("bob", lockout);
  failTimes(throttle, "bob", 1);

  assert.equal(before, false);
  assert.equal(throttle.isLocked("bob", lockout), true);
  assert.equal(throttle.isLocked("eve", lockout), false);
});

test("unlocks when the lock time is over, and counts from zero again", () => {
  const clock = { seconds: 0 };
  const throttle = throttleAt(clock);
  failTimes(throttle, "bob", 3);

  clock.seconds = 59;
  const shortBefore = throttle.isLocked("bob", lockout);
  clock.seconds = 60;
  const after = throttle.isLocked("bob", lockout);
  failTimes(throttle, "bob", 2);

  assert.equal(shortBefore, true);
  assert.equal(after, false);
  assert.equal(throttle.isLocked("bob", lockout), false);
});

test("forgets failures that lie further apart than the reset time", () => {
  const clock = { seconds: 0 };
  const throttle = throttleAt(clock);

  failTimes(throttle, "bob", 2);
  clock.seconds = 30;
  failTimes(throttle, "bob", 2);

  assert.equal(throttle.isLocked("bob", lockout), false);
});

test("clearing forgets the failures of one user", () => {
  const throttle = throttleAt({ seconds: 0 });
  failTimes(throttle, "bob", 3);
  failTimes(throttle, "eve", 3);

  throttle.clear("bob");

  assert.equal(throttle.isLocked("bob", lockout), false);
  assert.equal(throttle.isLocked("eve", lockout), true);
});

test("never locks with a threshold of zero", () => {
  const throttle = throttleAt({ seconds: 0 });

  failTimes(throttle, "bob", 100);

  assert.equal(throttle.isLocked("bob", { ...lockout, threshold: 0 }), false);
});

test("remembers the latest users only, up to its capacity", () => {
  const throttle = throttleAt({ seconds: 0 }, 100);
  failTimes(throttle, "first", 3);

  for (let user = 0; user < 99; user += 1) throttle.fail(`user-${user}`, lockout);
  const inside = throttle.isLocked("first", lockout);
  throttle.fail("one-more", lockout);

  assert.equal(inside, true);
  assert.equal(throttle.isLocked("first", lockout), false);
});
