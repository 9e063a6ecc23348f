import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hasReplicationState, secretsEngine } from "../../src/index.ts";
import { createTestSystem, harness } from "../../src/testing/index.ts";

describe("a plugin without callbacks", () => {
  test("is initialized, invalidated and closed like any other [S59]", async () => {
    const mount = await harness(() => secretsEngine({ help: "", paths: [] }));

    await mount.invalidate("a/b");
    await mount.close();

    assert.deepEqual(mount.logs, []);
    assert.deepEqual(mount.storage.keys(), []);
  });

  test("cannot rotate [S58]", async () => {
    const mount = await harness(() => secretsEngine({ help: "", paths: [] }));

    await assert.rejects(mount.request("rotate", "config"), {
      kind: "unsupported-operation",
      message: "unsupported operation",
    });
  });
});

describe("rotation", () => {
  const rotated: string[] = [];
  const plugin = secretsEngine({
    help: "",
    paths: [],
    rotateCredential: ({ request }) => void rotated.push(request.path),
  });

  test("is answered with an empty response [S58]", async () => {
    const mount = await harness(() => plugin);

    assert.deepEqual(await mount.request("rotate", "config"), {});
    assert.deepEqual(rotated, ["config"]);
  });

  test("is left to a node that can write", async () => {
    const standby = await harness(() => plugin, { system: { isPerformanceStandby: true } });
    const secondary = await harness(() => plugin, { system: { isPerformanceSecondary: true } });
    const local = await harness(() => plugin, { system: { isPerformanceSecondary: true, isLocalMount: true } });

    await assert.rejects(standby.request("rotate", ""), { message: "cannot write to readonly storage" });
    await assert.rejects(secondary.request("rotate", ""), { message: "cannot write to readonly storage" });
    assert.deepEqual(await local.request("rotate", ""), {});
  });
});

test("a node has a state when any of the named bits is set [S168]", async () => {
  const state = await createTestSystem({ isPerformanceStandby: true }).replicationState();

  assert.equal(hasReplicationState(state, "performance-standby", "dr-disabled"), true);
  assert.equal(hasReplicationState({ ...state, bits: 1 << 13 }, "performance-standby", "dr-disabled"), true);
  assert.equal(hasReplicationState({ ...state, bits: 1 << 12 }, "performance-standby", "dr-disabled"), false);
});
