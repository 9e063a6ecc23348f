import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Storage } from "@vaultwright/core/launch";
import { createMemoryStore } from "../../src/storage/memory-store.ts";
import { createMountStorage } from "../../src/storage/mount-storage.ts";
import { openSqliteStore } from "../../src/storage/sqlite-store.ts";

const makers = {
  "in memory": createMemoryStore,
  "in a folder": () => openSqliteStore(mkdtempSync(join(tmpdir(), "host-store-"))),
};

for (const [name, makeStore] of Object.entries(makers))
  describe(`a transaction ${name}`, () => {
    const makeStorage = (): Storage => createMountStorage({ store: makeStore(), name: "mount/a", kind: "openbao" });

    test("sees the storage as it was at its beginning", async () => {
      const storage = makeStorage();
      await put(storage, "a", "old");

      const seen = await storage.transaction(
        async (inside) => {
          await put(storage, "a", "new");
          await put(storage, "b", "new");
          return [await read(inside, "a"), await inside.list("")];
        },
        { readOnly: true },
      );

      assert.deepEqual(seen, ["old", ["a"]]);
      assert.equal(await read(storage, "a"), "new");
    });

    test("fails where somebody else changed what it has read, and writes nothing", async () => {
      const storage = makeStorage();
      await put(storage, "counter", "1");

      const attempt = storage.transaction(async (inside) => {
        await read(inside, "counter");
        await put(storage, "counter", "2");
        await put(inside, "other", "x");
      });

      await assert.rejects(attempt, { name: "StorageError", message: "transaction commit failed" });
      assert.deepEqual(await storage.list(""), ["counter"]);
    });

    test("fails where somebody else added to what it has listed", async () => {
      const storage = makeStorage();

      const attempt = storage.transaction(async (inside) => {
        await inside.list("folder/");
        await put(storage, "folder/a", "x");
        await put(inside, "count", "0");
      });

      await assert.rejects(attempt, { message: "transaction commit failed" });
    });

    test("is not disturbed by what it has not seen", async () => {
      const storage = makeStorage();

      await storage.transaction(async (inside) => {
        await put(storage, "elsewhere", "x");
        await put(inside, "here", "x");
      });

      assert.deepEqual(await storage.list(""), ["elsewhere", "here"]);
    });

    test("lists what it wrote and not what it deleted, in pages", async () => {
      const storage = makeStorage();
      for (const key of ["a", "b", "c/d"]) await put(storage, key, "x");

      const seen = await storage.transaction(async (inside) => {
        await inside.delete("c/d");
        await put(inside, "bb", "x");
        return [await inside.list(""), await inside.list("", { after: "a", limit: 1 })];
      });

      assert.deepEqual(seen, [["a", "b", "bb"], ["b"]]);
    });
  });

function put(storage: Storage, key: string, text: string): Promise<void> {
  return storage.put({ key, value: Buffer.from(text) });
}

async function read(storage: Storage, key: string): Promise<string | undefined> {
  const entry = await storage.get(key);
  return entry && Buffer.from(entry.value).toString();
}
