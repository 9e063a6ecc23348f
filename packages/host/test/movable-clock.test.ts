import assert from "node:assert/strict";
import { test } from "node:test";
import { createMovableClock } from "../src/movable-clock.ts";
import { createFakeClock } from "./fake-clock.ts";

test("goes with the clock behind it, and ahead of it once it was moved", async () => {
  const base = createFakeClock();
  const clock = createMovableClock(base);
  const start = base.now().getTime();

  clock.advance(60);
  await base.advance(5);

  assert.equal(clock.now().getTime() - start, 65_000);
});

test("calls back at its own time, those too who asked before it was moved", async () => {
  const base = createFakeClock();
  const clock = createMovableClock(base);
  const rung: string[] = [];
  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);
  clock.at(inSeconds(100), () => rung.push("before"));
  const cancel = clock.at(inSeconds(100), () => rung.push("cancelled"));

  clock.advance(90);
  clock.at(inSeconds(20), () => rung.push("after"));
  cancel();
  await base.advance(9);
  assert.deepEqual(rung, []);
  await base.advance(1);
  assert.deepEqual(rung, ["before"]);
  await base.advance(10);
  assert.deepEqual(rung, ["before", "after"]);
});
