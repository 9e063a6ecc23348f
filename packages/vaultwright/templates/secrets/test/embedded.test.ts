import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MountedPlugin, startPlugin } from "./mounted-plugin.ts";

let plugin: MountedPlugin;

before(async () => {
  plugin = await startPlugin();
});

after(() => plugin.close());

test("the built plugin keeps a note in a server", async () => {
  await plugin.request("POST", "notes/launch", { body: { text: "ask Ada" } });

  const answer = await plugin.request("GET", "notes/launch");

  assert.deepEqual(answer.data, { text: "ask Ada", pinned: false });
});
