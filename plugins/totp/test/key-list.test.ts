import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { totp } from "../src/totp.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";

test("lists the names in their order [T52]", async () => {
  const mount = await harness(totp);
  for (const name of ["b", "a"]) await mount.write(`keys/${name}`, { key });

  assert.deepEqual(await mount.list("keys"), { data: { keys: ["a", "b"] } });
  assert.deepEqual(await mount.request("list", "keys"), { data: { keys: ["a", "b"] } });
});

test("an empty mount has an empty list [T53]", async () => {
  const mount = await harness(totp);

  assert.deepEqual(await mount.list("keys"), { data: {} });
});

test("lists a part of the names [T54]", async () => {
  const mount = await harness(totp);
  for (const name of ["a", "b", "c"]) await mount.write(`keys/${name}`, { key });

  assert.deepEqual(await mount.list("keys", { after: "a", limit: "1" }), { data: { keys: ["b"] } });
  assert.deepEqual(await mount.list("keys", { limit: -1 }), { data: { keys: ["a", "b", "c"] } });
});

test("cannot be read [T55]", async () => {
  const mount = await harness(totp);

  await assert.rejects(mount.read("keys"), { kind: "unsupported-operation" });
});

test("knows no list below a key", async () => {
  const mount = await harness(totp);

  await assert.rejects(mount.list("keys/a"), { kind: "unsupported-path" });
});
