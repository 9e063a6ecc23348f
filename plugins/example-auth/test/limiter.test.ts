import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createLimiter } from "../src/limiter.ts";

test("runs no more tasks at once than allowed, and all of them in the end", async () => {
  const limiter = createLimiter(2);
  let running = 0;
  let most = 0;
  const task = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await setImmediate();
    running -= 1;
  };

  await Promise.all(Array.from({ length: 9 }, () => limiter.run(task)));

  assert.equal(most, 2);
  assert.equal(running, 0);
});

test("gives the place of a failed task to the next", async () => {
  const limiter = createLimiter(1);

  const failed = limiter.run(() => Promise.reject(new Error("no")));
  const next = limiter.run(() => Promise.resolve("yes"));

  await assert.rejects(failed, /no/);
  assert.equal(await next, "yes");
});

test("does not run a task whose caller left while it waited", async () => {
  const limiter = createLimiter(1);
  const caller = new AbortController();
  let ran = false;
  const first = limiter.run(() => setImmediate());
  const second = limiter.run(async () => {
    ran = true;
  }, caller.signal);

  caller.abort();

  await first;
  await assert.rejects(second, { name: "AbortError" });
  assert.equal(ran, false);
  assert.equal(await limiter.run(() => Promise.resolve("free")), "free");
});
