import assert from "node:assert/strict";
import { test } from "node:test";
import { mountWithBob } from "./mount.ts";

test("an older name sets its replacement and is shown beside it [A53]", async () => {
  const { write, read } = await mountWithBob();

  await write("users/bob", { ttl: "5m", policies: "x" });

  const { ttl, token_ttl, policies, token_policies } = (await read("users/bob"))?.data ?? {};
  assert.deepEqual({ ttl, token_ttl }, { ttl: 300, token_ttl: 300 });
  assert.deepEqual({ policies, token_policies }, { policies: ["x"], token_policies: ["x"] });
});

test("a replacement that is given alone clears the older name [A54]", async () => {
  const { write, read } = await mountWithBob({ token_ttl: undefined, ttl: "5m", max_ttl: "1h" });

  await write("users/bob", { token_ttl: "6m" });

  const shown = (await read("users/bob"))?.data;
  assert.equal(shown?.["token_ttl"], 360);
  assert.equal(Object.hasOwn(shown ?? {}, "ttl"), false);
  assert.equal(shown?.["max_ttl"], 3600);
});

test("the replacement counts where both are given, and both show it", async () => {
  const { write, read } = await mountWithBob();

  await write("users/bob", { bound_cidrs: "10.0.0.0/8", token_bound_cidrs: "127.0.0.1" });

  const { bound_cidrs, token_bound_cidrs } = (await read("users/bob"))?.data ?? {};
  assert.deepEqual([bound_cidrs, token_bound_cidrs], [["127.0.0.1"], ["127.0.0.1"]]);
});
