import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("records for observers what is done with a key, and neither codes nor secrets", async () => {
  const mount = await harness(createTotp({ now: () => 59 }), { caller: { id: "r", entityId: "e" } });

  await mount.write("keys/k", { key });
  await mount.read("keys/k");
  await mount.read("code/k");
  await mount.write("code/k", { code: "287082" });
  await mount.write("code/k", { code: "000000" });
  await mount.delete("keys/k");

  const request = { entity_id: "e", request_id: "r", key_name: "k" };
  const ofKey = { ...request, path: "keys/k" };
  const ofCode = { ...request, path: "code/k" };
  const settings = { period: 30, algorithm: "SHA1", digits: 6, skew: 1 };
  assert.deepEqual(mount.events.observed, [
    { type: "totp/key/create", data: { ...ofKey, ...settings, generate: false, exported: true, key_size: 20 } },
    { type: "totp/key/read", data: { ...ofKey, ...settings } },
    { type: "totp/code/generate", data: ofCode },
    { type: "totp/code/validate", data: { ...ofCode, valid: true } },
    { type: "totp/code/validate", data: { ...ofCode, valid: false } },
    { type: "totp/key/delete", data: ofKey },
  ]);
});

test("records nothing of what is refused", async () => {
  const mount = await harness(createTotp({ now: () => 59 }));

  await assert.rejects(mount.write("keys/k", {}));
  await assert.rejects(mount.write("code/k", { code: "1" }));
  await mount.read("keys/k");

  assert.deepEqual(mount.events.observed, []);
});
