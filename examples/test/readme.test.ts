import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..");

test("the plugin that the README shows is the one that is compiled and run here", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const source = readFileSync(join(root, "examples", "notes", "main.ts"), "utf8");

  const [, shown] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];

  assert.equal(shown, source);
});
