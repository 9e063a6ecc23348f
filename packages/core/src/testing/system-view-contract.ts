import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { SystemView } from "../logical/system-view.ts";

/** Registers the tests that every system view must pass, whatever it is of. */
export function systemViewContract(makeSystem: () => Promise<SystemView> | SystemView): void {
  describe("system view contract", () => {
    test("says which product it is of", async () => {
      const { host } = await makeSystem();

      assert.ok(["vault", "openbao"].includes(host.kind), host.kind);
    });

    test("lets leases live for some time, and by default no longer than at most", async () => {
      const system = await makeSystem();

      const [usual, longest] = [await system.defaultLeaseTtl(), await system.maxLeaseTtl()];

      assert.ok(usual > 0 && usual <= longest, `${usual} of ${longest}`);
    });

    test("says yes or no of the mount", async () => {
      const system = await makeSystem();

      const answers = [
        await system.isTainted(),
        await system.isCachingDisabled(),
        await system.isLocalMount(),
        await system.isMlockEnabled(),
      ];

      assert.deepEqual(
        answers.map((answer) => typeof answer),
        ["boolean", "boolean", "boolean", "boolean"],
      );
    });

    test("says the same of replication in bits and in words", async () => {
      const { bits, ...words } = await (await makeSystem()).replicationState();

      assert.deepEqual(words, {
        isPerformancePrimary: (bits & 32) !== 0,
        isPerformanceSecondary: (bits & 64) !== 0,
        isPerformanceStandby: (bits & 16_384) !== 0,
        isDrPrimary: (bits & 256) !== 0,
        isDrSecondary: (bits & 512) !== 0,
      });
    });

    test("knows its version and its cluster", async () => {
      const system = await makeSystem();

      assert.match((await system.pluginEnvironment()).version, /^\d+\.\d+\.\d+/);
      assert.equal(typeof (await system.clusterInfo()).id, "string");
    });

    test("wraps data for as long as it is asked to", async () => {
      const { token, ttl } = await (await makeSystem()).wrapData({ a: 1 }, 60);

      assert.ok(token);
      assert.equal(ttl, 60);
    });

    test("says nothing of an entity that does not exist", async () => {
      const system = await makeSystem();

      assert.equal(await system.entity("none"), undefined);
      assert.deepEqual(await system.groupsOfEntity("none"), []);
    });

    test("makes no password by a policy that does not exist", async () => {
      const system = await makeSystem();

      await assert.rejects(system.generatePassword("none"), LogicalError);
      await assert.rejects(system.generatePassword(""), LogicalError);
    });

    test("answers what only some hosts know, or says that it does not", async () => {
      const system = await makeSystem();
      const job = { name: "n", mountPoint: "m/", path: "p", period: 3600 };
      const calls = [
        system.identityToken({ audience: "a", ttl: 60 }),
        system.rotationInformation("m/"),
        system.registerRotationJob(job),
        system.deregisterRotationJob(job),
      ];

      const outcomes = await Promise.allSettled(calls);

      for (const outcome of outcomes)
        if (outcome.status === "rejected") assert.ok(outcome.reason instanceof UnsupportedOperation);
    });
  });
}
