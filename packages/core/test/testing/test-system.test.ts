import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTestSystem, systemViewContract } from "../../src/testing/index.ts";

describe("a system view in a test", () => systemViewContract(() => createTestSystem({ isDrPrimary: true })));

test("a system view answers what the test makes it answer", async () => {
  const system = createTestSystem(
    {},
    {
      identityToken: async ({ audience, ttl }) => ({ token: audience, ttl }),
      entity: async () => Promise.reject(new Error("down")),
    },
  );

  assert.deepEqual(await system.identityToken({ audience: "aws", ttl: 5 }), { token: "aws", ttl: 5 });
  await assert.rejects(system.entity("e"), { message: "down" });
});

test("a system view has a host's usual settings", async () => {
  const system = createTestSystem();

  assert.equal(await system.defaultLeaseTtl(), 2764800);
  assert.equal(await system.isTainted(), false);
  assert.equal((await system.replicationState()).bits, 0);
});

test("a system view follows its settings", async () => {
  const system = createTestSystem({ isPerformanceStandby: true, passwordPolicies: new Map([["p", () => "made"]]) });
  system.settings.isTainted = true;

  assert.equal(await system.isTainted(), true);
  assert.equal((await system.replicationState()).bits, 1 << 14);
  assert.equal(await system.generatePassword("p"), "made");
  await assert.rejects(system.generatePassword("q"), { message: "no password policy found" });
});

test("a system view refuses what only some hosts know", async () => {
  await assert.rejects(createTestSystem().rotationInformation("x/"), { kind: "unsupported-operation" });
});
