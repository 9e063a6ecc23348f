import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { followChanges } from "../../src/dev/changes.ts";

test("updates at once, and again after a change of the sources or of the manifest", async (context) => {
  const { folder, next, finish } = follow(context);
  await next();

  writeFileSync(join(folder, "src", "paths", "note.ts"), "export {};\n");
  await next();
  writeFileSync(join(folder, "package.json"), "{}\n");
  await next();

  await finish();
});

test("takes changes that come together for one, and those during an update for one more", async (context) => {
  const { folder, next, updates, finish } = follow(context);
  await next();

  for (const name of ["a.ts", "b.ts", "c.ts"]) writeFileSync(join(folder, "src", name), "export {};\n");
  await next();

  await finish();
  assert.ok(updates() <= 3, `${updates()} updates`);
});

/** Follows a plugin's folder until the test ends; `next` waits for an update that has not been waited for. */
function follow(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "vaultwright-changes-"));
  mkdirSync(join(folder, "src", "paths"), { recursive: true });
  writeFileSync(join(folder, "src", "main.ts"), "export {};\n");
  const ending = new AbortController();
  let done = 0;
  let awaited = 0;
  let wake = (): void => {};
  const update = async (): Promise<void> => {
    done += 1;
    wake();
  };
  const plugin = { name: "n", version: "v0.1.0", type: "secret", mountPath: "n/", folder } as const;
  const following = followChanges({ ...plugin, entry: join(folder, "src", "main.ts") }, update, ending.signal);
  context.after(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    updates: () => done,
    async next() {
      if (done === awaited) await new Promise<void>((resolve) => (wake = resolve));
      awaited = done;
    },
    async finish() {
      ending.abort();
      await following;
    },
  };
}
