import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createLocks } from "../../src/index.ts";

// A process of its own: what other tests leave behind would count as well.
for (const kind of ["exclusive", "shared"] as const)
  test(`locks keep nothing of ${kind} work that has ended, also where somebody always waits`, async () => {
    const locks = createLocks();
    const before = heapBytes();

    let last = locks[kind]("k", turn);
    for (let count = 0; count < 20_000; count += 1) {
      const next = locks[kind]("k", turn);
      await last;
      last = next;
    }
    const grown = heapBytes() - before;
    await last;

    // A single promise kept for each would be 2.6 MB.
    assert.ok(grown < 1_000_000, `${grown} bytes`);
  });

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
