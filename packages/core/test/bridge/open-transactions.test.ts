import assert from "node:assert/strict";
import { test } from "node:test";
import { createOpenTransactions } from "../../src/bridge/open-transactions.ts";
import type { Storage } from "../../src/logical/storage.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";

test("a transaction that begins while its mount ends is rolled back", async () => {
  const ended = new AbortController();
  const outcome = Promise.withResolvers<string>();
  const memory = createMemoryStorage({ host: "openbao" });
  const storage: Storage = {
    ...memory,
    async transaction(work, options) {
      ended.abort();
      return memory.transaction(work, options).then(
        (result) => {
          outcome.resolve("committed");
          return result;
        },
        (error) => {
          outcome.resolve("rolled back");
          throw error;
        },
      );
    },
  };

  const began = createOpenTransactions(storage, ended.signal).begin({ readOnly: false });

  await assert.rejects(began, { status: "cancelled", message: "the mount has ended" });
  assert.equal(await outcome.promise, "rolled back");
});
