import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createFaultyStorage, createMemoryStorage, faults, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { metadataOf, mounted, mountedOnOpenBao, readValue, versionsOf } from "./mount.ts";

const upgrading = {
  kind: "invalid-request",
  message:
    "Upgrading from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service shortly.",
};

/** A storage that was used by version 1. */
async function usedStorage(objects: Readonly<Record<string, object>>) {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness(kv, { storage });
  for (const [path, data] of Object.entries(objects)) await mount.write(path, { ...data });
  return storage;
}

/** Waits until a mount answers. */
async function ready({ read }: Harness): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    try {
      await read("config");
      return;
    } catch {
      await delay(5);
    }
  }
  throw new Error("the upgrade did not end");
}

const objects = {
  foo: { a: 1 },
  "app/database": { password: "s3cret" },
  "app/deep/er": { big: 12345678901234567890n },
};

test("objects become the first versions of secrets [K222, K223]", async () => {
  const storage = await usedStorage(objects);

  const mount = await mounted({ storage });
  await ready(mount);

  for (const [key, data] of Object.entries(objects)) {
    assert.deepEqual((await readValue(mount, key)).data, data);
    const { current_version, oldest_version } = await metadataOf(mount, key);
    assert.deepEqual([current_version, oldest_version], [1, 1]);
    assert.deepEqual((await versionsOf(mount, key))["1"]?.["created_by"], {
      actor: "kv_upgrade",
      operation: "upgrade",
    });
  }
  assert.deepEqual(
    storage.keys().filter((key) => !key.startsWith("U/")),
    [],
  );
  await mount.close();
});

test("on OpenBao objects become secrets one transaction each", async () => {
  const storage = createMemoryStorage({ host: "openbao" });
  const old = await harness(kv, { storage, host: "openbao" });
  await old.write("foo", { a: 1 });

  const mount = await mountedOnOpenBao({ storage });
  await ready(mount);

  assert.deepEqual((await readValue(mount, "foo")).data, { a: 1 });
  await mount.close();
});

test("requests are turned away meanwhile, and help is not [K224]", async () => {
  const storage = await usedStorage(objects);
  storage.setFault(({ operation }) => (operation === "delete" ? faults.delay(300)({ operation, key: "" }) : undefined));

  const mount = await mounted({ storage });

  await assert.rejects(mount.read("data/foo"), upgrading);
  await assert.rejects(mount.list("metadata"), upgrading);
  await assert.rejects(mount.patch("metadata/foo", { max_versions: 1 }), upgrading);
  assert.equal((await mount.read("nonsense"))?.data?.["http_status_code"], 404);
  assert.match(await mount.help("data/foo"), /Write, patch, read and delete/);
  storage.setFault(undefined);
  await ready(mount);
  assert.deepEqual((await readValue(mount, "foo")).data, { a: 1 });
  await mount.close();
});

test("an empty mount is ready at once, and a used one stays ready", async () => {
  const mount = await mounted();

  await mount.write("data/foo", { data: { a: 1 } });
  const again = await mounted({ storage: mount.storage });

  assert.deepEqual((await readValue(again, "foo")).data, { a: 1 });
});

test("an upgrade that is interrupted at any storage call goes on from there", async () => {
  for (let call = 1; call <= 25; call += 1) {
    const storage = await usedStorage(objects);
    let calls = 0;
    // From this call on nothing reaches the storage, as when the process was killed.
    storage.setFault(() => {
      calls += 1;
      if (calls >= call) throw new Error("killed");
    });
    const killed = await mounted({ storage });
    await delay(1);
    await killed.close();
    storage.setFault(undefined);

    const mount = await mounted({ storage });
    await ready(mount);

    for (const [key, data] of Object.entries(objects)) assert.deepEqual((await readValue(mount, key)).data, data, key);
    assert.deepEqual((await mount.list("metadata"))?.data?.["keys"], ["app/", "foo"]);
    assert.deepEqual(
      storage.keys().filter((key) => !key.startsWith("U/")),
      [],
    );
    await mount.close();
  }
});

test("an object that cannot be read stays where it is, and the log tells of it", async () => {
  const storage = await usedStorage(objects);
  await storage.put({ key: "broken", value: Buffer.from('{"password":"hunter2') });

  const mount = await mounted({ storage });
  await ready(mount);

  assert.deepEqual(
    storage.keys().filter((key) => !key.startsWith("U/")),
    ["broken"],
  );
  const line = mount.logs.find(({ level }) => level === "error");
  assert.equal(line?.message, "an object stays unconverted: it cannot be read");
  assert.equal(line.fields["path"], "broken");
  await mount.close();
});

test("of several spellings of a path its own becomes the secret, and the others stay where they are", async () => {
  const storage = createMemoryStorage();
  for (const key of ["/a/b", "a/b", "a//b", "//c", "/c"])
    await storage.put({ key, value: Buffer.from(JSON.stringify({ key })) });

  const mount = await mounted({ storage });
  await ready(mount);

  assert.deepEqual((await readValue(mount, "a/b")).data, { key: "a/b" });
  // Nothing is lost: one of these became the secret, and all others are still there.
  const { key } = Object((await readValue(mount, "c")).data);
  const left = storage.keys().filter((each) => !each.startsWith("U/"));
  assert.deepEqual([...left, key].sort(), ["//c", "/a/b", "/c", "a//b"].sort());
  assert.equal(mount.logs.filter(({ level }) => level === "warn").length, 3);
  await mount.close();
});

test("an object whose path version 2 refuses stays where it is, and the upgrade ends", async () => {
  const storage = await usedStorage(objects);
  // The plugin in Go keeps what a client writes to `app/%2e/name`.
  await storage.put({ key: "app/./name", value: Buffer.from('{"a":1}') });

  const mount = await mounted({ storage });
  await ready(mount);

  assert.deepEqual(
    storage.keys().filter((key) => !key.startsWith("U/")),
    ["app/./name"],
  );
  assert.equal(mount.logs.find(({ level }) => level === "error")?.fields["path"], "app/./name");
  await mount.close();
});

test("a node that may not write waits for one that may", async () => {
  const storage = await usedStorage({ foo: { a: 1 } });
  const standby = await mounted({
    storage,
    answers: { replicationState: async () => ({ ...none, bits: 1 << 14, isPerformanceStandby: true }) },
  });

  await assert.rejects(standby.read("data/foo"), {
    kind: "invalid-request",
    message:
      "Waiting for the primary to upgrade from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service when the primary is finished.",
  });
  const active = await mounted({ storage });
  await ready(active);
  await ready(standby);

  assert.deepEqual((await readValue(standby, "foo")).data, { a: 1 });
  await Promise.all([active.close(), standby.close()]);
});

const none = {
  isPerformancePrimary: false,
  isPerformanceSecondary: false,
  isPerformanceStandby: false,
  isDrPrimary: false,
  isDrSecondary: false,
};

test("a mount that the plugin in Go made version 2 is not opened", async () => {
  const storage = createMemoryStorage();
  await storage.put({ key: "U/upgrading", value: Buffer.from([0x10, 0x01]) });

  const mount = await mounted({ storage });

  await assert.rejects(mount.read("data/foo"), {
    kind: "user",
    message: "this mount holds data of another key/value plugin, whose format this plugin does not know",
  });
  assert.deepEqual(storage.keys(), ["U/upgrading"]);
});

test("leases of the time before still end", async () => {
  const mount = await mounted();
  const lease = { secret: { internalData: { secret_type: "kv" }, ttl: 60, renewable: true } };

  await assert.doesNotReject(mount.revoke(lease, { path: "foo" }));
});
