import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pluginErrorCodes } from "../../src/rpc/plugin-error.ts";

test("every code of a plugin error has its section in the docs, in the same order", () => {
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");

  const documented = [...page.matchAll(/^## `([a-z-]+)`$/gm)].map(([, code]) => code);

  assert.deepEqual(documented, pluginErrorCodes);
});
