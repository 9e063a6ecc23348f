import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { engine } from "../src/engine.ts";

test("keeps a note", async () => {
  const mount = await harness(() => engine);

  await mount.write("notes/launch", { text: "ask Ada" });

  assert.deepEqual((await mount.read("notes/launch"))?.data, { text: "ask Ada", pinned: false });
  assert.deepEqual((await mount.list("notes"))?.data, { keys: ["launch"] });
});

test("refuses a note without text", async () => {
  const mount = await harness(() => engine);

  await assert.rejects(mount.write("notes/launch", {}), { message: 'missing required field "text"' });
});

test("refuses to delete a pinned note", async () => {
  const mount = await harness(() => engine);
  await mount.write("notes/rules", { text: "no secrets in here", pinned: true });

  await assert.rejects(mount.delete("notes/rules"), { message: "rules is pinned" });
});
