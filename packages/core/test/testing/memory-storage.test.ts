import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Storage } from "../../src/logical/storage.ts";
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

describe("a transaction that somebody else gets in the way of", () => {
  const meanwhile: Readonly<Record<string, (storage: Storage) => Promise<unknown>>> = {
    "read what they changed": (inside) => inside.get("a"),
    "wrote what they changed": (inside) => inside.put({ key: "a", value }),
    "listed a folder that they added to": (inside) => inside.list(""),
  };
  for (const [what, use] of Object.entries(meanwhile))
    test(`fails if it ${what}`, async () => {
      const storage = createMemoryStorage({ host: "openbao" });

      const attempt = storage.transaction(async (inside) => {
        await use(inside);
        await inside.put({ key: "mine", value });
        await storage.put({ key: "a", value });
      });

      await assert.rejects(attempt, { message: "transaction commit failed" });
      assert.deepEqual(storage.keys(), ["a"]);
    });

  test("succeeds if it has nothing to do with what they changed", async () => {
    const storage = createMemoryStorage({ host: "openbao" });

    await storage.transaction(async (inside) => {
      await inside.list("folder/");
      await inside.put({ key: "mine", value });
      await storage.put({ key: "a", value });
    });

    assert.deepEqual(storage.keys(), ["a", "mine"]);
  });
});

test("a transaction cannot be used after its end", async () => {
  const storage = createMemoryStorage({ host: "openbao" });

  const inside = await storage.transaction(async (transaction) => transaction);

  await assert.rejects(inside.get("a"), { message: "transaction has been committed or rolled back" });
});

test("an aborted signal ends a call", async () => {
  await assert.rejects(createMemoryStorage().get("a", { signal: AbortSignal.abort() }), { name: "AbortError" });
});
