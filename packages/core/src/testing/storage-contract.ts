import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { StorageError } from "../logical/errors.ts";
import type { Storage } from "../logical/storage.ts";
import { storageView } from "../logical/storage-view.ts";
import type { HostKind } from "../logical/system-view.ts";
import { clearStorage, walk } from "../logical/walk.ts";

/** What is known of the storage under test. */
export interface StorageContractOptions {
  /** The product that it is of or stands in for: OpenBao has transactions, Vault refuses keys with `..` anywhere. */
  readonly host: HostKind;
}

/** Registers the tests that every storage must pass. `makeStorage` gives an empty, writable storage each time. */
export function storageContract(makeStorage: () => Promise<Storage> | Storage, { host }: StorageContractOptions): void {
  const hasTransactions = host === "openbao";
  describe("storage contract", () => {
    test("gives back the bytes that were stored", async () => {
      const storage = await makeStorage();
      const value = Uint8Array.from({ length: 256 }, (_, index) => index);

      await storage.put({ key: "a/b", value });

      const found = await storage.get("a/b");
      assert.equal(found?.key, "a/b");
      assert.deepEqual([...(found?.value ?? [])], [...value]);
    });

    test("finds nothing under a key that was never stored", async () => {
      const storage = await makeStorage();

      assert.equal(await storage.get("a"), undefined);
    });

    test("replaces a value", async () => {
      const storage = await filled(makeStorage, ["a"]);

      await storage.put({ key: "a", value: bytes("new") });

      assert.equal(await textOf(storage, "a"), "new");
    });

    test("keeps what it stored apart from the caller's bytes", async () => {
      const storage = await makeStorage();
      const value = bytes("old");
      await storage.put({ key: "a", value });

      value.fill(0);
      (await storage.get("a"))?.value.fill(0);

      assert.equal(await textOf(storage, "a"), "old");
    });

    test("deletes a key, also one that does not exist", async () => {
      const storage = await filled(makeStorage, ["a"]);

      await storage.delete("a");
      await storage.delete("a");

      assert.equal(await storage.get("a"), undefined);
    });

    test("lists the names directly below a prefix and marks deeper levels with a slash", async () => {
      const storage = await filled(makeStorage, ["foo", "foo/bar", "foo/baz/x", "foo/baz/y", "food"]);

      assert.deepEqual(await storage.list(""), ["foo", "foo/", "food"]);
      assert.deepEqual(await storage.list("foo/"), ["bar", "baz/"]);
    });

    test("lists nothing where nothing is", async () => {
      const storage = await makeStorage();

      assert.deepEqual(await storage.list("nowhere/"), []);
    });

    test("lists names in the order of their bytes", async () => {
      const storage = await filled(makeStorage, ["b", "a", "B", "\u{1f511}", "\uff41", "a-", "a/x"]);

      assert.deepEqual(await storage.list(""), ["B", "a", "a-", "a/", "b", "\uff41", "\u{1f511}"]);
    });

    test("lists a page after a name that need not exist", async () => {
      const storage = await filled(makeStorage, ["a", "b", "c", "d", "e"]);

      assert.deepEqual(await storage.list("", { after: "b", limit: 2 }), ["c", "d"]);
      assert.deepEqual(await storage.list("", { after: "bb", limit: 2 }), ["c", "d"]);
      assert.deepEqual(await storage.list("", { after: "c" }), ["d", "e"]);
      assert.deepEqual(await storage.list("", { limit: 0 }), ["a", "b", "c", "d", "e"]);
    });

    test("refuses keys that leave their place", async () => {
      const storage = await makeStorage();

      const refusal = { name: "StorageError", message: "relative paths not supported" };
      for (const key of ["../a", "a/../b", "a/.."]) {
        await assert.rejects(storage.put({ key, value: bytes("x") }), refusal);
        await assert.rejects(storage.get(key), refusal);
        await assert.rejects(storage.delete(key), refusal);
      }
      await assert.rejects(storage.list("../"), refusal);
    });

    test(`${host === "vault" ? "refuses" : "takes"} two dots within a name`, async () => {
      const storage = await makeStorage();

      const attempt = storage.put({ key: "a..b", value: bytes("x") });

      if (host === "vault") await assert.rejects(attempt, StorageError);
      else assert.deepEqual([await attempt, await storage.list("")], [undefined, ["a..b"]]);
    });

    test("does nothing for a caller that has given up", async () => {
      const storage = await filled(makeStorage, ["a"]);
      const options = { signal: AbortSignal.abort() };

      await assert.rejects(storage.get("a", options), { name: "AbortError" });
      await assert.rejects(storage.put({ key: "b", value: bytes("x") }, options), { name: "AbortError" });
      await assert.rejects(storage.delete("a", options), { name: "AbortError" });
      await assert.rejects(storage.list("", options), { name: "AbortError" });

      assert.deepEqual(await storage.list(""), ["a"]);
    });

    test("serves a part of it as a storage of its own", async () => {
      const storage = await filled(makeStorage, ["p/a", "other"]);
      const view = storageView(storage, "p/");

      await view.put({ key: "q/b", value: bytes("x") });
      await view.transaction((inside) => inside.delete("a"));

      assert.deepEqual(await view.list(""), ["q/"]);
      assert.deepEqual(await Array.fromAsync(walk(storage)), ["other", "p/q/b"]);
    });

    test("can be walked through and cleared, in pages too", async () => {
      const keys = ["a", "b", "c/d/e", "c/f", "g"];
      const storage = await filled(makeStorage, keys);

      assert.deepEqual((await Array.fromAsync(walk(storage, "", { pageSize: 2 }))).sort(), keys);
      await clearStorage(storage, "c/", { pageSize: 1 });
      assert.deepEqual(await Array.fromAsync(walk(storage)), ["a", "b", "g"]);
      await clearStorage(storage);
      assert.deepEqual(await storage.list(""), []);
    });

    test("keeps what a transaction wrote and gives its result", async () => {
      const storage = await filled(makeStorage, ["old"]);

      const result = await storage.transaction(async (inside) => {
        await inside.put({ key: "new", value: bytes("x") });
        await inside.delete("old");
        return "done";
      });

      assert.equal(result, "done");
      assert.deepEqual(await storage.list(""), ["new"]);
    });

    test("sees its own writes within a transaction", async () => {
      const storage = await makeStorage();

      const seen = await storage.transaction(async (inside) => {
        await inside.put({ key: "a", value: bytes("x") });
        return [await textOf(inside, "a"), await inside.list("")];
      });

      assert.deepEqual(seen, ["x", ["a"]]);
    });

    test("takes a transaction within a transaction for a part of it", async () => {
      const storage = await makeStorage();

      await storage.transaction(async (outer) => {
        await outer.put({ key: "a", value: bytes("x") });
        await outer.transaction((inner) => inner.put({ key: "b", value: bytes("x") }));
      });

      assert.deepEqual(await storage.list(""), ["a", "b"]);
    });

    const fate = hasTransactions ? "drops" : "keeps";
    test(`${fate} what a transaction wrote before it failed`, async () => {
      const storage = await makeStorage();
      const failure = new Error("fails");

      const attempt = storage.transaction(async (inside) => {
        await inside.put({ key: "a", value: bytes("x") });
        throw failure;
      });

      await assert.rejects(attempt, failure);
      assert.deepEqual(await storage.list(""), hasTransactions ? [] : ["a"]);
    });

    if (!hasTransactions) return;

    test("lets no call through after a transaction's end", async () => {
      const storage = await filled(makeStorage, ["a"]);

      const kept = await storage.transaction(async (inside) => inside);

      const refusal = { name: "StorageError", message: "transaction has been committed or rolled back" };
      await assert.rejects(kept.get("a"), refusal);
      await assert.rejects(kept.put({ key: "a", value: bytes("new") }), refusal);
      assert.equal(await textOf(storage, "a"), "old");
    });

    test("refuses writes in a transaction that only reads", async () => {
      const storage = await makeStorage();

      const attempt = storage.transaction((inside) => inside.put({ key: "a", value: bytes("x") }), {
        readOnly: true,
      });

      await assert.rejects(attempt, { name: "StorageError", message: "transaction is read-only" });
    });
  });
}

async function filled(makeStorage: () => Promise<Storage> | Storage, keys: readonly string[]): Promise<Storage> {
  const storage = await makeStorage();
  for (const key of keys) await storage.put({ key, value: bytes("old") });
  return storage;
}

async function textOf(storage: Storage, key: string): Promise<string | undefined> {
  const found = await storage.get(key);
  return found && new TextDecoder().decode(found.value);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
