import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type RunningHost, startHost } from "@vaultwright/host";
import { type Client, createClient } from "../client.ts";
import { expectNumber, expectRefusal, expectStatus } from "../expect.ts";
import { collect } from "../hosts/embedded.ts";
import { enable, register } from "../mounts.ts";
import { mock, type PluginDirectory, preparePluginDirectory } from "../plugins.ts";
import { eventually, isAlive } from "../processes.ts";

describe("a plugin in an embedded host that makes trouble", () => {
  let plugins: PluginDirectory;
  let host: RunningHost;
  let client: Client;

  before(async () => {
    plugins = await preparePluginDirectory();
    host = await startHost({ pluginDirectory: plugins.path, like: "openbao", log: collect([]) });
    client = createClient(host.address, host.rootToken);
    await register({ ...host, pluginDirectory: plugins.path }, mock);
    await enable(client, mock, "mock");
  });

  after(async () => {
    await host.close();
    plugins.remove();
  });

  const processId = async (): Promise<number> =>
    expectNumber(expectStatus(await client.read("mock/counter"), 200), "data", "pid");

  test("is killed, and its next request is answered by another process", async () => {
    const pid = await processId();

    await host.faults.killPlugin("mock");

    assert.equal(isAlive(pid), false);
    assert.notEqual(await processId(), pid);
  });

  test("hears which keys changed elsewhere", async () => {
    await host.faults.invalidate("mock", "values/a");

    const lines = Object(expectStatus(await client.read("mock/diary"), 200).at("data", "lines"));
    assert.ok(Array.isArray(lines) && lines.includes("invalidated values/a"));
  });

  test("passes on what its storage says, and works once that does", async () => {
    const write = () => client.write("mock/values/a", { value: "x" });

    host.faults.setStorageFault(({ operation }) => {
      if (operation === "put") throw new Error("the disk is full");
    }, "mock");
    expectRefusal(await write(), 500, "internal storage error");
    host.faults.setStorageFault(undefined, "mock");

    expectStatus(await write(), 204);
  });

  test("finds a standby, and then the active node, each time in a new process that is initialized", async () => {
    const begun = await processId();
    const system = async () => expectStatus(await client.write("mock/system"), 200);
    const isStandby = async () => (await system()).at("data", "replicationState", "value", "isPerformanceStandby");

    await host.faults.setRole("standby");
    const asStandby = await processId();
    assert.equal(await isStandby(), true);
    expectStatus(await client.read("mock/values/a"), 200);
    expectRefusal(await client.write("mock/values/a", { value: "y" }), 500, "cannot write to readonly storage");

    await host.faults.setRole("active");
    const asActive = await processId();
    assert.equal(await isStandby(), false);
    expectStatus(await client.write("mock/values/a", { value: "y" }), 204);
    assert.equal(new Set([begun, asStandby, asActive]).size, 3);
    assert.deepEqual(expectStatus(await client.read("mock/diary"), 200).at("data", "lines"), ["initialized"]);
    await eventually("the end of the processes before", () => !isAlive(begun) && !isAlive(asStandby));
  });
});
