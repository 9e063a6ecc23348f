import assert from "node:assert/strict";
import { test } from "node:test";
import { packageLocation } from "../../release/components.ts";

test("finds the package that a source belongs to", () => {
  assert.equal(packageLocation("node_modules/qr/index.js"), "node_modules/qr");
  assert.equal(packageLocation("node_modules/@scure/base/lib/index.js"), "node_modules/@scure/base");
  assert.equal(packageLocation("node_modules/a/node_modules/@b/c/d.js"), "node_modules/a/node_modules/@b/c");
  assert.equal(packageLocation("packages/core/src/serve.ts"), "packages/core");
  assert.equal(packageLocation("bun:wrap"), undefined);
});
