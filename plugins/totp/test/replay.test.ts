import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, faults, type Harness, harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

// The secret of RFC 6238 for SHA-1; its code at 59 is 287082.
const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const used = { kind: "user", message: "code already used; wait until the next time period" };
const right = { data: { valid: true } };

const at = (clock: { seconds: number }) => createTotp({ now: () => clock.seconds });

async function mountWithKey(clock = { seconds: 59 }): Promise<Harness> {
  const mount = await harness(at(clock));
  await mount.write("keys/k", { key });
  return mount;
}

test("accepts a code of 64 clients once, in 20 rounds", async () => {
  const clock = { seconds: 59 };
  const mount = await mountWithKey(clock);
  for (let round = 0; round < 20; round += 1) {
    clock.seconds += 90;
    const code = (await mount.read("code/k"))?.data?.["code"];

    const answers = await Promise.allSettled(Array.from({ length: 64 }, () => mount.write("code/k", { code })));

    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
    for (const answer of answers) if (answer.status === "rejected") assert.equal(answer.reason.message, used.message);
  }
});

test("knows a used code after a restart, whatever blanks are around it", async () => {
  const storage = createMemoryStorage();
  const clock = { seconds: 59 };
  const before = await harness(at(clock), { storage });
  await before.write("keys/k", { key });
  assert.deepEqual(await before.write("code/k", { code: "287082" }), right);
  await before.close();

  const after = await harness(at(clock), { storage });

  for (const code of ["287082", " 287082", "287082\n", 287082])
    await assert.rejects(after.write("code/k", { code }), used);
  clock.seconds = 149;
  assert.deepEqual(await after.write("code/k", { code: "287082" }), { data: { valid: false } });
});

test("two requests at the same moment on a plugin that has just started cannot both use a code", async () => {
  const mount = await mountWithKey();

  const answers = await Promise.allSettled([
    mount.write("code/k", { code: "287082" }),
    mount.write("code/k", { code: " 287082 " }),
  ]);

  assert.deepEqual(answers.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("a node that has just become active knows what the others accepted", async () => {
  const active = createMemoryStorage();
  const standby = createFaultyStorage(active, faults.readOnly());
  const first = await harness(at({ seconds: 59 }), { storage: active });
  const second = await harness(at({ seconds: 59 }), { storage: standby });
  await first.write("keys/k", { key });
  await first.write("code/k", { code: "287082" });

  standby.setFault(undefined);

  await assert.rejects(second.write("code/k", { code: "287082" }), used);
});

test("a node that may not write accepts nothing, but has the request sent on", async () => {
  const active = createMemoryStorage();
  const standby = createFaultyStorage(active, faults.readOnly());
  const first = await harness(at({ seconds: 59 }), { storage: active });
  const second = await harness(at({ seconds: 59 }), { storage: standby });
  await first.write("keys/k", { key });

  await assert.rejects(second.write("code/k", { code: "287082" }), { message: "cannot write to readonly storage" });

  assert.deepEqual(await second.write("code/k", { code: "000000" }), { data: { valid: false } });
  assert.deepEqual(await first.write("code/k", { code: "287082" }), right);
});

test("a code that could not be stored was not accepted, and can be offered again", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness(at({ seconds: 59 }), { storage });
  await mount.write("keys/k", { key });
  storage.setFault(({ operation }) => {
    if (operation === "put") throw new Error("the disk is full");
  });
  await assert.rejects(mount.write("code/k", { code: "287082" }));

  storage.setFault(undefined);

  assert.deepEqual(await mount.write("code/k", { code: "287082" }), right);
});

test("stores accepted codes only, and none longer than it counts", async () => {
  const clock = { seconds: 59 };
  const mount = await mountWithKey(clock);
  await mount.write("code/k", { code: "000000" });
  assert.deepEqual(mount.storage.keys(), ["key/k"]);

  await mount.write("code/k", { code: "287082" });
  clock.seconds += 1000;
  const code = (await mount.read("code/k"))?.data?.["code"];
  await mount.write("code/k", { code });

  const stored = await mount.storage.get("used/k");
  assert.deepEqual(JSON.parse(Buffer.from(stored?.value ?? []).toString()), {
    accepted: [{ code, expires: 1059 + 90 }],
  });
});

test("the codes of a deleted key are forgotten when their time is over, and not before", async () => {
  const clock = { seconds: 59 };
  const mount = await mountWithKey(clock);
  await mount.write("code/k", { code: "287082" });
  await mount.delete("keys/k");

  await mount.rollback();
  assert.deepEqual(mount.storage.keys(), ["deleted/k", "used/k"]);
  clock.seconds += 90;
  await mount.rollback();

  assert.deepEqual(mount.storage.keys(), []);
});

test("the codes of a key that was deleted and made again stay used", async () => {
  const mount = await mountWithKey();
  await mount.write("code/k", { code: "287082" });
  await mount.delete("keys/k");
  await mount.write("keys/k", { key });

  await mount.rollback();

  assert.deepEqual(mount.storage.keys(), ["key/k", "used/k"]);
  await assert.rejects(mount.write("code/k", { code: "287082" }), used);
});

test("a key whose codes no longer count leaves nothing behind", async () => {
  const clock = { seconds: 59 };
  const mount = await mountWithKey(clock);
  await mount.write("code/k", { code: "287082" });
  clock.seconds += 90;

  await mount.delete("keys/k");

  assert.deepEqual(mount.storage.keys(), []);
});

test("a node that may not write forgets nothing", async () => {
  const clock = { seconds: 59 };
  const mount = await mountWithKey(clock);
  await mount.write("code/k", { code: "287082" });
  await mount.delete("keys/k");
  clock.seconds += 90;
  mount.system.settings.isPerformanceStandby = true;

  await mount.rollback();

  assert.deepEqual(mount.storage.keys(), ["deleted/k", "used/k"]);
});
