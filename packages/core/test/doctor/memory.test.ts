import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkMemory } from "../../src/doctor/memory.ts";

const limits =
  "Limit                     Soft Limit           Hard Limit           Units     \nMax locked memory         8388608              8388608              bytes     \n";
const header = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";

describe("what protects secrets in memory", () => {
  test("is well where nothing is swapped, though nothing is locked", () => {
    assert.deepEqual(checkMemory({ limits, swaps: header }), {
      state: "ok",
      text: "the plugin does not lock its memory (it never calls mlock); no swap is active, so its secrets are not swapped to a disk",
    });
  });

  test("names the places that it may be swapped to, and what to do", () => {
    const swaps = `${header}/dev/sda2                               partition\t8388604\t0\t-2\n/swap file\tfile\t10\t0\t-3\n`;

    const { state, text } = checkMemory({ limits, swaps });

    assert.equal(state, "note");
    assert.match(
      text,
      /never calls mlock\), and swap is active on \/dev\/sda2, \/swap, so its secrets may be written there/,
    );
    assert.match(text, /swapoff -a.*encrypt it.*MemorySwapMax=0/);
    assert.match(text, /The limit of locked memory \(ulimit -l: 8192 KiB\) makes no difference$/);
  });

  test("is not known on a system that does not tell", () => {
    assert.equal(checkMemory({ limits: undefined, swaps: undefined }).state, "note");
  });
});
