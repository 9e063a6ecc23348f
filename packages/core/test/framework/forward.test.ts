import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type OperationDefinition, path, t } from "../../src/index.ts";
import type { Harness } from "../../src/testing/index.ts";
import { mounted } from "./sample.ts";

type Flags = Pick<OperationDefinition<never>, "forwardPerformanceStandby" | "forwardPerformanceSecondary">;

const readOnly = { kind: "unknown", message: "cannot write to readonly storage" };

async function mountWith(flags: Flags): Promise<{ readonly mount: Harness; readonly calls: () => number }> {
  let calls = 0;
  const rotate = path("rotate", {
    summary: "",
    fields: { size: t.int() },
    update: {
      ...flags,
      handler() {
        calls += 1;
      },
    },
  });
  return { mount: await mounted([rotate]), calls: () => calls };
}

describe("an operation is sent on", () => {
  test("from a performance standby, before its handler runs [S27]", async () => {
    const { mount, calls } = await mountWith({ forwardPerformanceStandby: true });
    mount.system.settings.isPerformanceStandby = true;

    await assert.rejects(mount.write("rotate"), readOnly);
    assert.equal(calls(), 0);

    mount.system.settings.isPerformanceStandby = false;
    await mount.write("rotate");
    assert.equal(calls(), 1);
  });

  test("from a performance secondary, unless the mount is local [S28]", async () => {
    const { mount, calls } = await mountWith({ forwardPerformanceSecondary: true });
    mount.system.settings.isPerformanceSecondary = true;

    await assert.rejects(mount.write("rotate"), readOnly);
    assert.equal(calls(), 0);

    mount.system.settings.isLocalMount = true;
    await mount.write("rotate");
    assert.equal(calls(), 1);
  });

  test("before anybody looks at its fields", async () => {
    const { mount } = await mountWith({ forwardPerformanceStandby: true });
    mount.system.settings.isPerformanceStandby = true;

    await assert.rejects(mount.write("rotate", { size: "many" }), readOnly);
  });

  test("only from the nodes that it names", async () => {
    const { mount, calls } = await mountWith({ forwardPerformanceSecondary: true });
    mount.system.settings.isPerformanceStandby = true;

    await mount.write("rotate");

    assert.equal(calls(), 1);
  });
});

test("an operation that asks for nothing does not ask the host for its state", async () => {
  const { mount, calls } = await mountWith({});
  mount.system.settings.isPerformanceStandby = true;
  mount.system.settings.isPerformanceSecondary = true;

  await mount.write("rotate");

  assert.equal(calls(), 1);
});
