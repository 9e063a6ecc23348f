import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { totp } from "../src/totp.ts";

test("explains itself and its paths [T92]", async () => {
  const mount = await harness(totp);

  assert.match(await mount.help(""), /one-time codes/);
  assert.match(await mount.help("keys/k"), /qr_size \(int\)/);
  assert.match(await mount.help("code/k"), /Generate a code/);
});

test("has its keys sealed once more, and no path that is open to everybody or for root only", async () => {
  const { backend } = await harness(totp);

  assert.deepEqual(backend.specialPaths?.sealWrapStorage, ["key/"]);
  assert.deepEqual(backend.specialPaths?.root ?? [], []);
  assert.deepEqual(backend.specialPaths?.unauthenticated ?? [], []);
});
