import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { flagsEngine } from "../flags/flags.ts";

test("sends an event for each change, and none for a read", async () => {
  const mount = await harness(flagsEngine);

  await mount.write("flags/dark-mode", { enabled: true });
  await mount.read("flags/dark-mode");
  await mount.delete("flags/dark-mode");
  await mount.close();

  const seen = mount.events.sent.map(({ type, event }) => [type, event.metadata?.["operation"]]);
  assert.deepEqual(seen, [
    ["flags/write", "update"],
    ["flags/delete", "delete"],
  ]);
});

test("works where the server has no events", async () => {
  const mount = await harness(flagsEngine, { host: "openbao" });

  await mount.write("flags/dark-mode", { enabled: true });

  assert.deepEqual((await mount.read("flags/dark-mode"))?.data, { enabled: true });
});
