import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { storageContract } from "../../src/testing/storage-contract.ts";

describe("storage in memory, as on Vault [S117, S118, S119, S121, S132]", () =>
  storageContract(() => createMemoryStorage(), { host: "vault" }));

describe("storage in memory, as on OpenBao [S117, S118, S119, S121, S128, S131, S132]", () =>
  storageContract(() => createMemoryStorage({ host: "openbao" }), { host: "openbao" }));

const value = new Uint8Array([1]);

test("a storage made read-only refuses writes with the text that makes hosts forward", async () => {
  const storage = createMemoryStorage();

  storage.setReadOnly(true);

  const refusal = { kind: "unknown", message: "cannot write to readonly storage" };
  await assert.rejects(storage.put({ key: "a", value }), refusal);
  await assert.rejects(storage.delete("a"), refusal);
});

test("a transaction fails when somebody else wrote in the meantime", async () => {
  const storage = createMemoryStorage({ host: "openbao" });

  const attempt = storage.transaction(async (inside) => {
    await inside.put({ key: "a", value });
    await storage.put({ key: "b", value });
  });

  await assert.rejects(attempt, { message: "transaction commit failed" });
  assert.deepEqual(storage.keys(), ["b"]);
});

test("a transaction cannot be used after its end", async () => {
  const storage = createMemoryStorage({ host: "openbao" });

  const inside = await storage.transaction(async (transaction) => transaction);

  await assert.rejects(inside.get("a"), { message: "transaction has been committed or rolled back" });
});

test("an aborted signal ends a call", async () => {
  await assert.rejects(createMemoryStorage().get("a", { signal: AbortSignal.abort() }), { name: "AbortError" });
});
