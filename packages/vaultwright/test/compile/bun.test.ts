import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bunPackages } from "../../src/compile/bun.ts";

test("the pinned hashes of Bun are those of the lockfile, and the versions one", () => {
  const root = join(import.meta.dirname, "..", "..", "..", "..");
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));

  const locked = Object.values(bunPackages).map(({ name }) => packages[`node_modules/${name}`]);

  assert.deepEqual(
    Object.values(bunPackages).map(({ integrity }) => integrity),
    locked.map(({ integrity }) => integrity),
  );
  assert.equal(new Set(locked.map(({ version }) => version)).size, 1);
});
