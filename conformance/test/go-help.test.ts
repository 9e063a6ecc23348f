import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { whereGoIs } from "../go.ts";
import { helpGoldensFile, makeHelpGoldens } from "../help-goldens.ts";

whereGoIs("goldens of help made anew", () => {
  test("are what Go's framework answers", () => {
    assert.equal(makeHelpGoldens(), readFileSync(helpGoldensFile, "utf8"));
  });
});
