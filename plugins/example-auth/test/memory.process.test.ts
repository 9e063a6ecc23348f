import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

test("remembers nothing of wrong logins for a hundred thousand unknown names [A131]", async () => {
  const program = join(import.meta.dirname, "strangers.ts");
  const args = ["--expose-gc", "--conditions=@vaultwright/source", program];

  const { stdout } = await promisify(execFile)(process.execPath, args);

  const { kept, displayName } = JSON.parse(stdout);
  assert.ok(kept < 10 * 1024 * 1024, `${kept} bytes are kept, a hundred or more for each name`);
  assert.equal(displayName, "bob");
});
