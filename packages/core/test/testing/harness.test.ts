import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, list, path, secretsEngine, t } from "../../src/index.ts";
import { createMemoryStorage, harness } from "../../src/testing/index.ts";

const describeRequest = path("x/:rest*", {
  summary: "",
  fields: { rest: t.string() },
  acceptsAnything: true,
  update: ({ request }) => ({ data: { ...request.data, path: request.path, mount: request.mountPoint } }),
  list: ({ request }) => list([request.path]),
  read: () => {},
});
const engine = secretsEngine({ help: "", paths: [describeRequest] });

describe("the harness", () => {
  test("sends what a host would send", async () => {
    const mount = await harness(() => engine);

    assert.deepEqual((await mount.write("x/a", { a: 1 }))?.data, { a: 1, path: "x/a", mount: "test/" });
    assert.deepEqual((await mount.list("x/a"))?.data, { keys: ["x/a/"] });
    assert.deepEqual((await mount.list("x/"))?.data, { keys: ["x/"] });
    assert.equal(await mount.read("x/a"), undefined);
  });

  test("mounts auth methods below auth/", async () => {
    const mount = await harness(() => authMethod({ help: "", paths: [describeRequest] }));

    assert.equal((await mount.write("x/"))?.data?.["mount"], "auth/test/");
  });

  test("gives values as they come out of the messages", async () => {
    const mount = await harness(() => engine);

    const data = { at: new Date(0), big: 2n ** 60n, none: undefined, bytes: "x" };
    assert.deepEqual((await mount.write("x/", data))?.data, {
      ...{ at: "1970-01-01T00:00:00.000Z", big: 2n ** 60n, bytes: "x", path: "x/", mount: "test/" },
    });
  });

  test("refuses answers that no host would take", async () => {
    const odd = path("x", { summary: "", fields: {}, read: () => ({ data: { error: 5 } }) });
    const mount = await harness(() => secretsEngine({ help: "", paths: [odd] }));

    await assert.rejects(mount.read("x"), TypeError);
  });

  test("shows an answer that hosts take for a failure as a failure", async () => {
    const failing = path("x", { summary: "", fields: {}, read: () => ({ data: { error: "no" } }) });
    const mount = await harness(() => secretsEngine({ help: "", paths: [failing] }));

    await assert.rejects(mount.read("x"), { kind: "user", message: "no" });
  });

  test("gives the factory its mount", async () => {
    const seen: unknown[] = [];

    await harness(
      ({ uuid, options }) => {
        seen.push(uuid.length, Object.fromEntries(options));
        return engine;
      },
      { options: { version: "2" } },
    );

    assert.deepEqual(seen, [36, { version: "2" }]);
  });

  test("fails as the factory or initialize fails", async () => {
    const failing = secretsEngine({
      help: "",
      paths: [],
      initialize() {
        throw new Error("s3cret");
      },
    });

    await assert.rejects(
      harness(() => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    await assert.rejects(
      harness(() => failing),
      { kind: "internal", message: "internal error" },
    );
  });

  test("keeps storage, settings, log and events within reach", async () => {
    const busy = path("x", {
      summary: "",
      fields: {},
      async update({ storage, system, log, events, signal }) {
        await storage.put({ key: "a", value: new Uint8Array() });
        log.with({ a: 1 }).info("done", { b: 2 });
        events.send("made", { id: "1" });
        events.observe("seen", { c: 3 });
        return { data: { ttl: await system.defaultLeaseTtl({ signal }), max: await system.maxLeaseTtl() } };
      },
    });
    const storage = createMemoryStorage();
    const mount = await harness(() => secretsEngine({ help: "", paths: [busy] }), {
      storage,
      system: { defaultLeaseTtl: 60 },
    });
    mount.system.settings.maxLeaseTtl = 120;

    assert.deepEqual((await mount.write("x"))?.data, { ttl: 60, max: 120 });

    assert.deepEqual(storage.keys(), ["a"]);
    assert.deepEqual(mount.logs, [{ level: "info", message: "done", fields: { a: 1, b: 2 } }]);
    assert.deepEqual(mount.events.sent, [{ type: "made", event: { id: "1" } }]);
    assert.deepEqual(mount.events.observed, [{ type: "seen", data: { c: 3 } }]);
  });

  test("refuses a login that is none", async () => {
    const mount = await harness(() => engine);

    await assert.rejects(mount.login("x/a"), { message: 'update "x/a": the answer is no login' });
  });
});
