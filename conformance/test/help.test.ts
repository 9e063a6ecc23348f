import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ourHelp, readHelpGoldens } from "../help-goldens.ts";
import { helpSamples } from "../help-samples.ts";
import { verifies } from "../verifies.ts";

const goldens = readHelpGoldens();

describe("help and OpenAPI documents of the same definitions", () => {
  verifies("S134", "S135", "S157");

  test("are there for each sample, and no other", () => {
    const named = new Set(goldens.map(({ sample }) => sample));

    assert.deepEqual(
      [...named],
      helpSamples.map(({ name }) => name),
    );
  });

  for (const golden of goldens)
    test(`are those of Go for "${golden.path}" of the sample "${golden.sample}"`, async () => {
      assert.deepEqual(await ourHelp(golden), golden.answer);
    });
});
