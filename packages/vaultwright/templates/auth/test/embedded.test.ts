import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MountedPlugin, startPlugin } from "./mounted-plugin.ts";

let plugin: MountedPlugin;

before(async () => {
  plugin = await startPlugin();
});

after(() => plugin.close());

test("the built plugin logs a badge in", async () => {
  const made = await plugin.request("POST", "badges/ada", { body: { token_policies: "doors" } });

  const { auth } = await plugin.request("POST", "login/ada", { body: Object(made.data), token: "" });

  assert.deepEqual(auth?.policies, ["default", "doors"]);
});
