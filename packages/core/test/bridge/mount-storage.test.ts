import assert from "node:assert/strict";
import { test } from "node:test";
import { type Mount, secretsEngine } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";

test("the storage of a mount works when the call that began the work has ended", async () => {
  let mount: Mount | undefined;
  const { storage, close } = await harness((given) => {
    mount = given;
    return secretsEngine({ help: "", paths: [] });
  });

  await mount?.storage.put({ key: "late", value: Buffer.from("1") });

  assert.deepEqual(storage.keys(), ["late"]);
  await close();
});
