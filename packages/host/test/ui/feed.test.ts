import assert from "node:assert/strict";
import { test } from "node:test";
import { createFeed } from "../../src/ui/feed.ts";

test("gives what was added after a position", () => {
  const feed = createFeed<string>(3);
  feed.add("a");
  const first = feed.after(0);
  feed.add("b");
  feed.add("c");

  const second = feed.after(first.position);
  const third = feed.after(second.position);

  assert.deepEqual(first, { items: ["a"], position: 1, missed: 0 });
  assert.deepEqual(second, { items: ["b", "c"], position: 3, missed: 0 });
  assert.deepEqual(third, { items: [], position: 3, missed: 0 });
});

test("forgets the oldest, and says how many a reader missed", () => {
  const feed = createFeed<number>(3);
  for (const number of [1, 2, 3, 4, 5]) feed.add(number);

  const late = feed.after(1);
  const inTime = feed.after(4);

  assert.deepEqual(late, { items: [3, 4, 5], position: 5, missed: 1 });
  assert.deepEqual(inTime, { items: [5], position: 5, missed: 0 });
});

test("calls who watches, until it is told to stop", () => {
  const feed = createFeed<string>(1);
  let calls = 0;
  const stop = feed.watch(() => {
    calls += 1;
  });
  feed.add("a");

  stop();
  feed.add("b");

  assert.equal(calls, 1);
});
