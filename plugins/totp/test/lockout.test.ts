import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryStorage, type Harness, harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const locked = { kind: "coded", status: 429, message: "too many wrong codes; try again later" };
const wrong = { data: { valid: false } };
const right = { data: { valid: true } };

async function mountAt(clock: { seconds: number }, storage = createMemoryStorage()): Promise<Harness> {
  const mount = await harness(createTotp({ now: () => clock.seconds }), { storage });
  await mount.write("keys/k", { key, lockout_threshold: 3, lockout_duration: "10m" });
  return mount;
}

async function offer(mount: Harness, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) assert.deepEqual(await mount.write("code/k", { code }), wrong);
}

test("checks no code after too many wrong ones, and checks them again when their time is over", async () => {
  const clock = { seconds: 59 };
  const mount = await mountAt(clock);
  await offer(mount, "000001", "000002", "000003");

  await assert.rejects(mount.write("code/k", { code: "287082" }), locked);
  clock.seconds = 658;
  await assert.rejects(mount.write("code/k", { code: "000004" }), locked);
  clock.seconds = 659;

  const code = (await mount.read("code/k"))?.data?.["code"];
  assert.deepEqual(await mount.write("code/k", { code }), right);
});

test("a restart does not unlock a key, and neither does a new key of that name", async () => {
  const storage = createMemoryStorage();
  await offer(await mountAt({ seconds: 59 }, storage), "000001", "000002", "000003");

  const after = await mountAt({ seconds: 59 }, storage);
  await after.delete("keys/k");
  await after.write("keys/k", { key, lockout_threshold: 3 });

  await assert.rejects(after.write("code/k", { code: "287082" }), locked);
});

test("a right code makes wrong ones count from zero", async () => {
  const mount = await mountAt({ seconds: 59 });
  await offer(mount, "000001", "000002");
  await mount.write("code/k", { code: "287082" });

  await offer(mount, "000003", "000004");
});

test("the same wrong code counts once, since it says nothing new", async () => {
  const mount = await mountAt({ seconds: 59 });
  await offer(mount, "000001");
  for (let times = 0; times < 5; times += 1)
    await assert.rejects(mount.write("code/k", { code: "000001" }), { message: /^code already used/ });

  assert.deepEqual(await mount.write("code/k", { code: "287082" }), right);
});

test("of many wrong codes at once as many are checked as the limit allows", async () => {
  const mount = await mountAt({ seconds: 59 });

  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => mount.write("code/k", { code: `1111${index + 10}` })),
  );

  assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 3);
});

test("a key without a limit is never locked, and its wrong codes are not counted", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  await offer(mount, ...Array.from({ length: 50 }, (_, index) => `1111${index + 10}`));

  assert.deepEqual(await mount.write("code/k", { code: "287082" }), right);
});

test("shows the limit of a key that has one", async () => {
  const mount = await mountAt({ seconds: 59 });

  const { data = {} } = (await mount.read("keys/k")) ?? {};

  assert.deepEqual([data["lockout_threshold"], data["lockout_duration"]], [3, 600]);
});

for (const [wish, message] of [
  [{ lockout_threshold: -1 }, "the lockout_threshold value must be greater than or equal to zero"],
  [{ lockout_threshold: 3, lockout_duration: 0 }, "the lockout_duration value must be greater than zero"],
] as const)
  test(`refuses ${JSON.stringify(wish)}`, async () => {
    const mount = await harness(createTotp());

    await assert.rejects(mount.write("keys/k", { key, ...wish }), { kind: "user", message });
    assert.deepEqual(mount.storage.keys(), []);
  });
