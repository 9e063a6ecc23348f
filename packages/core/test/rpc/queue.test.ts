import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createQueue } from "../../src/rpc/queue.ts";

async function read<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe("a queue", () => {
  test("gives its values in order, however many there are when they are read", async () => {
    const queue = createQueue<number>();
    const numbers = Array.from({ length: 10_000 }, (_, number) => number);
    for (const number of numbers) queue.push(number);
    queue.end();

    assert.deepEqual(await read(queue), numbers);
  });

  test("gives values that come while it is read", async () => {
    const queue = createQueue<number>();
    const reading = read(queue);
    for (let number = 0; number < 5000; number += 1) {
      queue.push(number);
      if (number % 7 === 0) await null;
    }
    queue.end();

    assert.equal((await reading).length, 5000);
  });

  test("lets a reader who is far behind take as long for each value as any other", async () => {
    const timed = async (count: number) => {
      const queue = createQueue<number>();
      for (let number = 0; number < count; number += 1) queue.push(number);
      queue.end();
      const started = process.cpuUsage();
      await read(queue);
      return process.cpuUsage(started).user / count;
    };
    await timed(10_000);

    const near = await timed(10_000);
    const far = await timed(200_000);

    assert.ok(far < 10 * near + 1, `${far} and ${near} microseconds`);
  });

  test("fails after what was pushed, and forgets the rest when its reader leaves", async () => {
    const failing = createQueue<string>();
    failing.push("one");
    failing.fail(new Error("no more"));
    const values = failing[Symbol.asyncIterator]();

    assert.deepEqual(await values.next(), { done: false, value: "one" });
    await assert.rejects(values.next(), { message: "no more" });

    const left = createQueue<string>();
    left.push("one");
    left.push("two");
    for await (const _ of left) break;
    assert.deepEqual(await read(left), []);
  });
});
