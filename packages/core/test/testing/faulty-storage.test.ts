import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, secretsEngine } from "../../src/index.ts";
import { createFaultyStorage, createMemoryStorage, faults, harness, storageContract } from "../../src/testing/index.ts";

const value = Uint8Array.of(1);

describe("a faulty storage without a fault, as on Vault", () =>
  storageContract(() => createFaultyStorage(createMemoryStorage()), { host: "vault" }));

describe("a faulty storage without a fault, as on OpenBao", () =>
  storageContract(() => createFaultyStorage(createMemoryStorage({ host: "openbao" })), { host: "openbao" }));

describe("a fault", () => {
  test("may be one call that fails", async () => {
    const storage = createFaultyStorage(createMemoryStorage(), faults.failAt(2, "disk is full"));

    await storage.put({ key: "a", value });
    await assert.rejects(storage.put({ key: "b", value }), { name: "StorageError", message: "disk is full" });
    await storage.put({ key: "c", value });

    assert.deepEqual(storage.keys(), ["a", "c"]);
  });

  test("may be that each call takes long", async () => {
    const storage = createFaultyStorage(createMemoryStorage(), faults.delay(20));
    const before = performance.now();

    await storage.get("a");

    assert.ok(performance.now() - before > 15);
  });

  test("may be that nothing can be written", async () => {
    const storage = createFaultyStorage(createMemoryStorage(), faults.readOnly());

    const refusal = { message: "cannot write to readonly storage" };
    await assert.rejects(storage.put({ key: "a", value }), refusal);
    await assert.rejects(storage.delete("a"), refusal);
    assert.equal(await storage.get("a"), undefined);
  });

  test("may be a conflict at the end of a transaction, which undoes it", async () => {
    const storage = createFaultyStorage(createMemoryStorage({ host: "openbao" }), faults.conflict());

    const attempt = storage.transaction((inside) => inside.put({ key: "a", value }));

    await assert.rejects(attempt, { message: "transaction commit failed" });
    assert.deepEqual(storage.keys(), []);
  });

  test("may be a test's own, and ends when it is taken away", async () => {
    const storage = createFaultyStorage(createMemoryStorage());
    storage.setFault(({ operation, key }) => {
      throw new Error(`${operation} ${key}`);
    });

    await assert.rejects(storage.list("a/"), { message: "list a/" });
    storage.setFault(undefined);
    await assert.doesNotReject(storage.list("a/"));
  });

  test("reaches a handler as from a host, and the caller as what it is", async () => {
    const keep = path("keep", {
      summary: "",
      fields: {},
      update: async ({ storage }) => {
        await storage.put({ key: "first", value });
        await storage.put({ key: "second", value });
      },
    });
    const storage = createFaultyStorage(createMemoryStorage());
    const mount = await harness(() => secretsEngine({ help: "", paths: [keep] }), { storage });
    storage.setFault(faults.failAt(2));

    await assert.rejects(mount.write("keep"), { kind: "unknown", message: "the storage is out of order" });

    assert.deepEqual(mount.storage.keys(), ["first"]);
  });
});
