import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../package.json" with { type: "json" };

test("every file of tests here is run by one script", () => {
  const run = Object.values(manifest.scripts).flatMap((script) => script.match(/test\/\S+\.test\.ts/g) ?? []);

  assert.deepEqual(run.toSorted(), globSync("test/*.test.ts", { cwd: join(import.meta.dirname, "..") }).sort());
});
