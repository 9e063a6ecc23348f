import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { StorageError, t } from "@vaultwright/core";
import {
  createFaultyStorage,
  createMemoryStorage,
  createTestClock,
  type Fault,
  faults,
  harness,
} from "@vaultwright/core/testing";
import { probesEngine } from "../probes/engine.ts";

const url = "https://example.com/health";

test("a write needs the url, and has defaults for the rest", async () => {
  const mount = await harness(probesEngine);
  const refusal = { kind: "user", message: 'missing required field "url"' };

  await assert.rejects(mount.write("probes/web", {}), refusal);
  await mount.write("probes/web", { url });

  const stored = { url, method: "GET", interval: 60, expected: [200, 204], zones: ["eu"], labels: {} };
  assert.deepEqual((await mount.read("probes/web"))?.data, stored);
});

test("a refusal names the field, and never repeats what may be a secret", async () => {
  const mount = await harness(probesEngine);

  await assert.rejects(mount.write("probes/web", { url, interval: "soon" }), {
    message: 'Field validation failed: error converting input for field "interval": time: invalid duration "soon"',
  });
  await assert.rejects(mount.write("probes/web", { url, zones: "eu,mars" }), {
    message: 'Field validation failed: error converting input for field "zones": must be one of asia, eu, us',
  });
});

test("a patch changes what it names, and null goes back to the default", async () => {
  const mount = await harness(probesEngine);
  await mount.write("probes/web", { url, interval: "5m", labels: { team: "ops", tier: "1" }, contact: "ada" });

  await mount.patch("probes/web", { interval: null, labels: { tier: "2" }, contact: null });

  const { interval, labels, contact } = (await mount.read("probes/web"))?.data ?? {};
  assert.deepEqual([interval, labels, contact], [60, { team: "ops", tier: "2" }, undefined]);
});

test("a patch cannot clear what a write needs", async () => {
  const mount = await harness(probesEngine);
  await mount.write("probes/web", { url });

  await assert.rejects(mount.patch("probes/web", { url: null }), { message: "url cannot be cleared" });
});

test("an older name of a field still counts, and the newer counts more", async () => {
  const mount = await harness(probesEngine);

  await mount.write("probes/web", { url, owner: "ada" });
  assert.equal((await mount.read("probes/web"))?.data?.["contact"], "ada");
  await mount.write("probes/web", { url, owner: "ada", contact: "grace" });
  assert.equal((await mount.read("probes/web"))?.data?.["contact"], "grace");
});

test("a caller is told of what had no effect, wherever there is an answer", async () => {
  const mount = await harness(probesEngine);

  const answer = await mount.read("zones/eu", { lable: "team" });

  assert.deepEqual(answer?.warnings, ["Endpoint ignored these unrecognized parameters: [lable]"]);
});

test("a parameter of the path is read by its field, too", async () => {
  const mount = await harness(probesEngine);
  await mount.write("probes/web", { url });
  await mount.write("results/web", { status: 200, at: "2026-01-02T03:04:05+02:00" });

  assert.deepEqual((await mount.read("results/web/2026-01-02T01:04:05Z"))?.data, { status: 200, seconds: 0 });
  await assert.rejects(mount.read("results/web/noon"), /field "at": could not parse string as date and time/);
  await assert.rejects(mount.read("zones/mars"), /field "zone": must be one of asia, eu, us/);
});

test("a query is read like a body", async () => {
  const mount = await harness(probesEngine);
  await mount.write("probes/web", { url, labels: "team=ops" });
  await mount.write("probes/shop", { url });

  assert.deepEqual((await mount.read("zones/eu", { label: "team" }))?.data, { probes: [{ name: "web", url }] });
});

test("a field reads values anywhere, and checks them for whoever knows Standard Schema", () => {
  assert.equal(t.seconds().parse("1h30m"), 5400);
  assert.deepEqual(t.commaInts().parse("80,443"), [80, 443]);
  assert.deepEqual(t.int()["~standard"].validate("many"), {
    issues: [{ message: "cannot parse value as an integer" }],
  });
});

test("a list comes in pages", async () => {
  const mount = await harness(probesEngine);
  for (const name of ["a", "b", "c", "d"]) await mount.write(`probes/${name}`, { url });

  assert.deepEqual((await mount.list("probes", { after: "a", limit: 2 }))?.data, { keys: ["b", "c"] });
});

describe("what an older version has stored", () => {
  test("is completed", async () => {
    const mount = await harness(probesEngine);
    await mount.storage.put({ key: "probe/old", value: Buffer.from(JSON.stringify({ url, interval: 5 })) });

    assert.equal((await mount.read("probes/old"))?.data?.["method"], "GET");
  });

  test("is refused by key and place where it is something else, and never shown", async () => {
    const mount = await harness(probesEngine);
    await mount.storage.put({ key: "probe/odd", value: Buffer.from('{"url":["s3cret"]}') });

    await assert.rejects(mount.read("probes/odd"), { kind: "internal" });

    const [line] = mount.logs;
    assert.equal(line?.fields["error"], 'stored value of "probe/odd" does not fit its schema at "url"');
  });
});

describe("a delete takes the results along", () => {
  test("all or nothing on OpenBao", async () => {
    const mount = await withResults("openbao");
    mount.storage.setFault(failOn("probe/web"));

    await assert.rejects(mount.delete("probes/web"), { message: "the storage is out of order" });

    assert.equal(mount.storage.keys().length, 3);
  });

  test("so that it can be repeated on Vault, wherever it failed", async () => {
    let isDone = false;
    for (let call = 1; !isDone; call += 1) {
      const mount = await withResults("vault");
      mount.storage.setFault(faults.failAt(call));
      isDone = await mount.delete("probes/web").then(
        () => true,
        () => false,
      );

      mount.storage.setFault(undefined);
      await mount.delete("probes/web");

      assert.deepEqual(mount.storage.keys(), []);
    }
  });

  async function withResults(host: "vault" | "openbao") {
    const mount = await harness(probesEngine, { host, storage: createFaultyStorage(createMemoryStorage({ host })) });
    await mount.write("probes/web", { url });
    await mount.write("results/web", { status: 200, at: "2026-01-01T00:00:00Z" });
    await mount.write("results/web", { status: 503, at: "2026-01-01T00:01:00Z" });
    return mount;
  }

  function failOn(key: string): Fault {
    return (call) => {
      if (call.operation === "delete" && call.key === key) throw new StorageError("the storage is out of order");
    };
  }
});

test("of two patches at once, none is lost", async () => {
  const mount = await harness(probesEngine);
  await mount.write("probes/web", { url });

  await Promise.all([
    mount.patch("probes/web", { interval: 5 }),
    mount.patch("probes/web", { method: "HEAD" }),
    mount.patch("probes/web", { labels: { team: "ops" } }),
  ]);

  const { interval, method, labels } = (await mount.read("probes/web"))?.data ?? {};
  assert.deepEqual([interval, method, labels], [5, "HEAD", { team: "ops" }]);
});

test("settings are read once, and again when another node has changed them", async () => {
  const mount = await harness(probesEngine);
  await mount.read("config");
  await mount.read("config");
  assert.deepEqual(
    mount.requests.map(({ storage }) => storage.length),
    [0, 1, 0],
  );

  await mount.storage.put({ key: "config", value: Buffer.from('{"keep_for":60}') });
  await mount.invalidate("config");

  assert.deepEqual((await mount.read("config"))?.data, { keep_for: 60 });
});

test("old results are forgotten", async (context: TestContext) => {
  const mount = await harness(probesEngine, { clock: createTestClock(context) });
  await mount.write("config", { keep_for: "2m" });
  await mount.write("probes/web", { url });
  await mount.write("results/web", { status: 200 });

  await mount.advance(120);
  assert.deepEqual(await mount.storage.list("result/web/"), ["2026-01-01T00:00:00.000Z"]);
  await mount.advance(60);
  assert.deepEqual(await mount.storage.list("result/web/"), []);
});

test("a node that only reads has a write sent on", async () => {
  const mount = await harness(probesEngine, { storage: createFaultyStorage(createMemoryStorage(), faults.readOnly()) });

  await assert.rejects(mount.write("probes/web", { url }), { message: "cannot write to readonly storage" });
  assert.deepEqual(mount.requests.at(-1), {
    operation: "update",
    path: "probes/web",
    storage: [{ operation: "put", key: "probe/web" }],
  });
});
