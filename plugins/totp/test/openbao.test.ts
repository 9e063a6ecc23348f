import assert from "node:assert/strict";
import { test } from "node:test";
import { type Harness, harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

// The secret of RFC 6238 for SHA-1.
const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const start = Date.UTC(2000, 0, 1) / 1000;
const wrongLength = { kind: "user", message: "invalid number of digits for the code" };

async function mountAt(clock: { seconds: number }): Promise<Harness> {
  return harness(createTotp({ now: () => clock.seconds }), { host: "openbao" });
}

test("says on OpenBao when a code was made and when it ends [T58]", async () => {
  const mount = await mountAt({ seconds: 59.5 });
  await mount.write("keys/k", { key });

  const answer = await mount.read("code/k");

  assert.deepEqual(answer, { data: { code: "287082", generated: 59, expire_time: 60, period: "30s" } });
});

test("says it of the steps of a code [T59]", async () => {
  const clock = { seconds: start };
  const mount = await mountAt(clock);
  await mount.write("keys/k", { key });

  for (const [after, generated, expiry] of [
    [0, 0, 30],
    [15, 15, 30],
    [30, 30, 60],
  ] as const) {
    clock.seconds = start + after;
    const { data } = (await mount.read("code/k")) ?? {};
    assert.deepEqual([data?.["generated"], data?.["expire_time"]], [start + generated, start + expiry]);
  }
});

for (const [period, text] of [
  [90, "1m30s"],
  [3600, "1h0m0s"],
  [86_399, "23h59m59s"],
  [172_805, "48h0m5s"],
] as const)
  test(`writes a period of ${period} seconds as a duration [T60]`, async () => {
    const mount = await mountAt({ seconds: 59 });
    await mount.write("keys/k", { key, period });

    assert.equal((await mount.read("code/k"))?.data?.["period"], text);
  });

test("takes no blanks around a code on OpenBao [T69]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  for (const code of ["287082 ", " 287082", "\t287082\n", "      "])
    await assert.rejects(mount.write("code/k", { code }), wrongLength);
  assert.deepEqual(await mount.write("code/k", { code: "287082" }), { data: { valid: true } });
});

test("takes no code of another length on OpenBao [T71]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  for (const code of ["12345678", "1", "28708２"]) await assert.rejects(mount.write("code/k", { code }), wrongLength);
});

test("looks for the key before it asks for a code on OpenBao [T74]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  await assert.rejects(mount.write("code/none", { code: "" }), { kind: "user", message: "unknown key: none" });
  await assert.rejects(mount.write("code/k", {}), { kind: "user", message: "the code value is required" });
});

test("writes blanks in a URL as OpenBao does [T88]", async () => {
  const mount = await mountAt({ seconds: 59 });

  const response = await mount.write("keys/g", { generate: true, issuer: "My Co", account_name: "a b" });

  assert.match(String(response?.data?.["url"]), /^otpauth:\/\/totp\/My%20Co:a%20b\?.*&issuer=My%20Co&/);
});
