import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backend } from "@vaultwright/core/launch";
import type { FakePlugin } from "../fake-plugins.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("registers a plugin, reads, lists and deregisters it", async () => {
  await using host = await startTestHost({ store: passThrough });
  const sha256 = host.plugins.sha256("store");
  const path = "sys/plugins/catalog/secret/store";

  const registered = await host.call("POST", path, { body: { sha256, command: "store", args: ["-x"], env: ["A=b"] } });
  const read = await host.call("GET", path);
  const listed = await host.call("LIST", "sys/plugins/catalog/secret");
  const all = await host.call("GET", "sys/plugins/catalog");
  const deregistered = await host.call("DELETE", path);
  const gone = await host.call("GET", path);

  assert.equal(registered.status, 204);
  assert.deepEqual(read.body.data, {
    args: ["-x"],
    builtin: false,
    command: "store",
    name: "store",
    sha256,
    version: "",
  });
  assert.deepEqual(listed.body.data.keys, ["store"]);
  assert.deepEqual(all.body.data.secret, ["store"]);
  assert.equal(deregistered.status, 204);
  assert.equal(gone.status, 404);
});

test("registers a plugin under the version that it reports", async () => {
  await using host = await startTestHost({ store: { ...passThrough, version: "v1.2.3" } });
  const body = { sha256: host.plugins.sha256("store"), command: "store" };

  const other = await host.call("POST", "sys/plugins/catalog/secret/store", { body: { ...body, version: "v2.0.0" } });
  await host.mount("secret", "store");
  const unversioned = await host.call("GET", "sys/plugins/catalog/secret/store");
  const versioned = await host.call("GET", "sys/plugins/catalog/secret/store?version=v1.2.3");
  const mount = await host.call("GET", "sys/mounts/store");

  assert.equal(other.status, 400);
  assert.deepEqual(other.body.errors, [
    "plugin version mismatch: store reported version (v1.2.3) did not match requested version (v2.0.0)",
  ]);
  assert.equal(unversioned.status, 404);
  assert.equal(versioned.body.data.version, "v1.2.3");
  assert.equal(mount.body.data.running_plugin_version, "v1.2.3");
});

test("does not start a plugin whose file is not the one that was named", async () => {
  await using host = await startTestHost({ store: passThrough });
  const body = { command: "store", sha256: "00".repeat(32) };

  const registered = await host.call("POST", "sys/plugins/catalog/secret/store", { body });
  const mounted = await host.call("POST", "sys/mounts/store", { body: { type: "store" } });

  assert.equal(registered.status, 204);
  assert.equal(mounted.status, 400);
  assert.deepEqual(mounted.body.errors, [
    "invalid backend version: 2 errors occurred:\n\t* checksums did not match\n\t* checksums did not match\n\n",
  ]);
  assert.equal(host.plugins.starts("store"), 0);
});

test("refuses registrations without a hash, or of a file that is not in the plugin directory", async () => {
  await using host = await startTestHost({ store: passThrough });
  const register = async (body: object) =>
    (await host.call("POST", "sys/plugins/catalog/secret/store", { body: { command: "store", ...body } })).status;

  assert.equal(await register({}), 400);
  assert.equal(await register({ sha256: "zz" }), 400);
  assert.equal(await register({ sha256: "00", command: "" }), 400);
  assert.equal(await register({ sha256: "00", command: "none" }), 500);
  assert.equal(await register({ sha256: "00", command: "../store" }), 500);
});

test("shares a process between mounts where the plugin can, and does not where it can't", async () => {
  await using host = await startTestHost({ many: passThrough, one: { ...passThrough, isMultiplexed: false } });
  await host.mount("secret", "many", "a");
  await host.mount("secret", "many", "b");
  await host.mount("secret", "one", "c");
  await host.mount("secret", "one", "d");

  // Each registration is a start of its own, and `mount` registers each time.
  assert.equal(host.plugins.starts("many"), 2 + 1);
  assert.equal(host.plugins.starts("one"), 2 + 2);
});

test("starts a plugin again when it died, and answers the request that found it dead", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "a");
  await host.mount("secret", "store", "b");
  await host.call("POST", "a/x", { body: { n: 1 } });
  const before = host.plugins.starts("store");

  host.plugins.crash("store");
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => host.call("GET", index % 2 === 0 ? "a/x" : "b/x")),
  );

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 404, 200, 404, 200, 404, 200, 404, 200, 404],
  );
  assert.equal(host.plugins.starts("store"), before + 1);
});

test("does not try a request a third time", async () => {
  let attempts = 0;
  const dying: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async handleRequest({ operation }) {
        if (operation !== "read") return undefined;
        attempts += 1;
        host.plugins.crash("dying");
        return {};
      },
    }),
  };
  await using host = await startTestHost({ dying });
  await host.mount("secret", "dying");

  const answer = await host.call("GET", "dying/a");

  assert.equal(answer.status, 500);
  assert.equal(attempts, 2);
});

test("reloads a plugin with a new process, for all its mounts", async () => {
  await using host = await startTestHost({ store: passThrough });
  await host.mount("secret", "store", "a");
  await host.call("POST", "a/x", { body: { n: 1 } });
  const before = host.plugins.starts("store");

  const byPlugin = await host.call("PUT", "sys/plugins/reload/backend", { body: { plugin: "store" } });
  const byMount = await host.call("PUT", "sys/plugins/reload/backend", { body: { mounts: ["a/"] } });
  const neither = await host.call("PUT", "sys/plugins/reload/backend", { body: {} });
  const read = await host.call("GET", "a/x");

  assert.equal(byPlugin.status, 200);
  assert.match(byPlugin.body.data.reload_id, /^[0-9a-f-]{36}$/);
  assert.equal(byMount.status, 200);
  assert.equal(neither.status, 400);
  assert.deepEqual(read.body.data, { n: 1 });
  assert.equal(host.plugins.starts("store"), before + 2);
});

test("lets requests under way end before it reloads", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const events: string[] = [];
  const slow: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      cleanup: async () => void events.push("cleanup"),
      async handleRequest({ operation }) {
        if (operation !== "read") return undefined;
        events.push("request");
        await released;
        events.push("answer");
        return {};
      },
    }),
  };
  await using host = await startTestHost({ slow });
  await host.mount("secret", "slow");

  const read = host.call("GET", "slow/a");
  while (!events.includes("request")) await new Promise((resolve) => setImmediate(resolve));
  const reload = host.call("PUT", "sys/plugins/reload/backend", { body: { plugin: "slow" } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  release();
  await Promise.all([read, reload]);

  assert.deepEqual(events, ["request", "answer", "cleanup"]);
});

test("asks each mount once a minute to roll back", async () => {
  let rollbacks = 0;
  const counting: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async handleRequest({ operation }) {
        if (operation === "rollback") rollbacks += 1;
        return undefined;
      },
    }),
  };
  await using host = await startTestHost({ counting });
  await host.mount("secret", "counting");

  await host.clock.advance(180);

  assert.equal(rollbacks, 3);
});

test("refuses special paths that no host accepts", async () => {
  const odd: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      specialPaths: { unauthenticated: ["a/*/b"] },
      checkExistence: async () => undefined,
      handleRequest: async () => undefined,
    }),
  };
  await using host = await startTestHost({ odd });
  await host.call("POST", "sys/plugins/catalog/secret/odd", {
    body: { sha256: host.plugins.sha256("odd"), command: "odd" },
  });

  const { status, body } = await host.call("POST", "sys/mounts/odd", { body: { type: "odd" } });

  assert.equal(status, 400);
  assert.deepEqual(body.errors, [
    "path \"a/*/b\": invalid use of wildcards ('*' is only allowed at the end of a path)",
  ]);
});
