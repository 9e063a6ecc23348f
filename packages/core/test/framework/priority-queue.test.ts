import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createPriorityQueue } from "../../src/index.ts";

const item = (priority: number) => ({ key: `k${priority}`, priority, value: { priority } });

describe("a priority queue", () => {
  test("gives the lowest first [S167]", () => {
    const queue = createPriorityQueue<{ priority: number }>();

    for (const priority of [3, 1, 2]) queue.push(item(priority));

    assert.equal(queue.length, 3);
    assert.deepEqual([queue.pop()?.priority, queue.pop()?.priority, queue.pop()?.priority], [1, 2, 3]);
  });

  // Go's says "queue is empty" as an error here; what is not there is undefined in everything else of this library.
  test("that is empty gives nothing [S167]", () => {
    assert.equal(createPriorityQueue().pop(), undefined);
  });

  test("takes a key once, and only with a name [S167]", () => {
    const queue = createPriorityQueue<undefined>();
    queue.push({ key: "a", priority: 1, value: undefined });

    assert.throws(() => queue.push({ key: "a", priority: 2, value: undefined }), { message: "duplicate item" });
    assert.throws(() => queue.push({ key: "", priority: 2, value: undefined }), {
      message: "error adding item: Item Key is required",
    });
  });

  test("gives an item by its key, once [S167]", () => {
    const queue = createPriorityQueue<{ priority: number }>();
    queue.push(item(1));
    queue.push(item(2));

    assert.deepEqual(queue.popByKey("k2"), item(2));
    assert.equal(queue.popByKey("k2"), undefined);
    assert.equal(queue.length, 1);
  });

  test("does not see what its giver changes later", () => {
    const queue = createPriorityQueue<undefined>();
    const given = { key: "a", priority: 1, value: undefined };
    queue.push(given);

    given.priority = 9;

    assert.equal(queue.pop()?.priority, 1);
  });
});
