import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { checkNumbers } from "../src/check-numbers.ts";
import { kv } from "../src/kv.ts";
import { mounted, readValue } from "./v2/mount.ts";

const tooLarge = { kind: "user", message: "data holds a number that is too large" };
const largest = 10n ** 308n;
const larger = 10n ** 309n;

test("numbers that no double holds are refused, however deep they are", () => {
  let deep: unknown = 1e300;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  checkNumbers({ a: [largest, -largest, "1e400", null, true], deep });

  for (const number of [larger, -larger, Infinity, -Infinity])
    for (const value of [number, { a: { b: [number] } }]) assert.throws(() => checkNumbers(value), tooLarge);
});

test("both versions refuse to store what servers could not show", async () => {
  const [plain, versioned] = [await harness(kv), await mounted()];
  await plain.write("foo", { n: largest });
  await versioned.write("data/foo", { data: { n: largest } });

  await assert.rejects(plain.write("foo", { n: larger }), tooLarge);
  await assert.rejects(versioned.write("data/foo", { data: { n: larger } }), tooLarge);
  await assert.rejects(versioned.patch("data/foo", { data: { n: [larger] } }), tooLarge);

  assert.deepEqual((await plain.read("foo"))?.data, { n: largest });
  assert.deepEqual((await readValue(versioned, "foo")).data, { n: largest });
});
