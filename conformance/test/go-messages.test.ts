import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { whereGoIs } from "../go.ts";
import { goldensFile, makeGoldens } from "../goldens.ts";

whereGoIs("goldens made anew", () => {
  test("our messages are Go's but for what is excused, and the goldens are what Go writes", () => {
    const { text } = makeGoldens();

    assert.equal(text, readFileSync(goldensFile, "utf8"));
  });
});
