import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCapacity } from "../../src/index.ts";

describe("a capacity", () => {
  const cases = [
    ["10mb", 10_000_000],
    ["10 MiB", 10_485_760],
    ["5gib", 5_368_709_120],
    ["1TB", 1_000_000_000_000],
    [" 2\tKib ", 2048],
    ["5", 5],
    ["", 0],
    [undefined, 0],
    [null, 0],
    [1.5, 1],
    [7n, 7],
  ] as const;
  for (const [input, bytes] of cases)
    test(`of ${String(input)} is ${bytes} [S166]`, () => {
      assert.equal(parseCapacity(input), bytes);
    });

  for (const input of ["5x", "-5", "5  mb", "mb", "1.5mb", -1, true, "99999999999999999999"])
    test(`of ${input} is refused [S166]`, () => {
      assert.throws(() => parseCapacity(input), { kind: "user", message: "could not parse capacity from input" });
    });
});
