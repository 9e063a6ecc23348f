import assert from "node:assert/strict";
import { test } from "node:test";
import { mount, type TestMount } from "../mount.ts";

async function mountWithUsers(...names: readonly string[]): Promise<TestMount> {
  const mounted = await mount();
  for (const name of names) await mounted.write(`users/${name}`, { password: "pw" });
  return mounted;
}

test("lists nothing on a fresh mount [A33]", async () => {
  const { list } = await mount();

  assert.deepEqual((await list("users"))?.data, {});
});

test("lists the names in lower case and in order [A34]", async () => {
  const { list } = await mountWithUsers("web3", "WEB", "web2");

  assert.deepEqual((await list("users"))?.data, { keys: ["web", "web2", "web3"] });
});

test("lists a page of the names [A35]", async () => {
  const { list } = await mountWithUsers("web", "web2", "web3");

  // As a query arrives: all of it text.
  assert.deepEqual((await list("users", { after: "web", limit: "1" }))?.data, { keys: ["web2"] });
});
