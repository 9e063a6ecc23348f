import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backend } from "@vaultwright/core/launch";
import { faults } from "@vaultwright/core/testing";
import type { FakePlugin } from "./fake-plugins.ts";
import { passThrough } from "./pass-through.ts";
import { startTestHost } from "./test-host.ts";

test("makes the storage of one mount fail, or of all, until it works again", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "a");
  await host.mount("secret", "store", "b");
  const statuses = async (): Promise<readonly number[]> => {
    const answers = await Promise.all(["a", "b"].map((path) => host.call("POST", `${path}/x`, { body: { n: 1 } })));
    return answers.map(({ status }) => status);
  };

  host.host.faults.setStorageFault(faults.failAt(1), "a");
  const ofOne = await statuses();
  host.host.faults.setStorageFault(faults.readOnly());
  const ofAll = await statuses();
  host.host.faults.setStorageFault(undefined);
  host.host.faults.setStorageFault(undefined, "a/");

  assert.deepEqual(ofOne, [500, 204]);
  assert.deepEqual(ofAll, [500, 500]);
  assert.deepEqual(await statuses(), [204, 204]);
});

test("makes the storage slow", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store");
  host.host.faults.setStorageFault(faults.delay(50), "store");

  const begun = performance.now();
  await host.call("GET", "store/x");

  assert.ok(performance.now() - begun >= 45);
});

test("makes transactions conflict", async () => {
  const transactional: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async handleRequest({ operation }, { storage }) {
        if (operation !== "update") return { data: { keys: (await storage.list("")).length } };
        await storage.transaction((inside) => inside.put({ key: "a", value: Buffer.from("x") }));
        return undefined;
      },
    }),
  };
  await using host = await startTestHost({ transactional }, { like: "openbao" });
  await host.mount("secret", "transactional");
  host.host.faults.setStorageFault(faults.conflict());

  const answer = await host.call("POST", "transactional/a", { body: {} });

  assert.equal(answer.status, 500);
  assert.match(answer.body.errors[0], /transaction commit failed/);
  assert.equal((await host.call("GET", "transactional/a")).body.data.keys, 0);
});

test("puts the clock ahead, and ends what ends by then", async () => {
  await using host = await startTestHost();
  const created = await host.call("POST", "auth/token/create", { body: { ttl: "1h" } });
  const token = created.body.auth.client_token;

  host.host.faults.advanceClock(3_000);
  const before = await host.call("GET", "auth/token/lookup-self", { token });
  host.host.faults.advanceClock(700);
  await host.clock.advance(0);
  const after = await host.call("GET", "auth/token/lookup-self", { token });

  assert.equal(before.body.data.ttl, 600);
  assert.equal(after.status, 403);
});

test("tells a plugin that a key changed elsewhere", async () => {
  const keys: string[] = [];
  const caching: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      handleRequest: async () => undefined,
      invalidate: async (key) => void keys.push(key),
    }),
  };
  await using host = await startTestHost({ caching });
  await host.mount("secret", "caching", "deep/mount");

  await host.host.faults.invalidate("deep/mount", "config/a");

  assert.deepEqual(keys, ["config/a"]);
  await assert.rejects(host.host.faults.invalidate("nowhere", "a"), /no plugin is mounted at nowhere/);
});

test("becomes a standby, whose plugins read and cannot write, and the active node again", async () => {
  const seen: string[] = [];
  const eager: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async initialize(_, { storage, system }) {
        const { isPerformanceStandby } = await system.replicationState();
        seen.push(isPerformanceStandby ? "standby" : "active");
        await storage.put({ key: "started", value: Buffer.from(String(seen.length)) });
      },
      async handleRequest({ operation }, { storage }) {
        if (operation === "rollback") seen.push("rollback");
        if (operation === "update") await storage.put({ key: "a", value: Buffer.from("x") });
        return { data: { started: Buffer.from((await storage.get("started"))?.value ?? []).toString() } };
      },
    }),
  };
  await using host = await startTestHost({ eager });
  await host.mount("secret", "eager");

  await host.host.faults.setRole("standby");
  const read = await host.call("GET", "eager/a");
  const write = await host.call("POST", "eager/a", { body: {} });
  await host.clock.advance(120);
  await host.host.faults.setRole("active");
  const writeAgain = await host.call("POST", "eager/a", { body: {} });
  await host.clock.advance(60);

  assert.equal(read.body.data.started, "1");
  assert.equal(write.status, 500);
  assert.match(write.body.errors[0], /cannot write to readonly storage/);
  assert.equal(writeAgain.body.data.started, "3");
  assert.deepEqual(seen, ["active", "standby", "active", "rollback"]);
});
