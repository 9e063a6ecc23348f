import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Storage } from "../../src/logical/storage.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { against, entry, methodsOf, through } from "./storage-fixture.ts";

describe("a transaction", () => {
  test("asks once whether there are any, and where there are none uses the plain storage", async () => {
    const { remote, channel } = through(createMemoryStorage(), false);

    await remote.transaction((inside) => inside.put(entry));
    await remote.transaction((inside) => inside.put(entry));

    assert.deepEqual(methodsOf(channel), ["IsTransactional", "Put", "Put"]);
  });

  test("is named in its calls only, and commits without a rollback [W120]", async () => {
    const seen: string[] = [];
    const { remote, channel } = against({
      isTransactional: async () => ({ transactional: true }),
      beginTx: async () => ({ txn: "t1", err: "" }),
      async put({ txn }) {
        seen.push(txn);
        return { err: "", walIndex: undefined };
      },
      commit: async () => ({ err: "" }),
    });

    await remote.put(entry);
    await remote.transaction((inside) => inside.put(entry));
    await remote.put(entry);

    assert.deepEqual(seen, ["", "t1", ""]);
    assert.deepEqual(methodsOf(channel), ["Put", "IsTransactional", "BeginTx", "Put", "Commit", "Put"]);
  });

  test("is named in every kind of call, until it is committed or rolled back [W120]", async () => {
    for (const ending of ["commit", "failed commit", "rollback", "read only"]) {
      const seen: string[] = [];
      const noting =
        <T>(reply: T) =>
        async ({ txn }: { readonly txn: string }) => {
          seen.push(txn);
          return reply;
        };
      const { remote } = against({
        isTransactional: async () => ({ transactional: true }),
        beginTx: async () => ({ txn: "t1", err: "" }),
        beginReadOnlyTx: async () => ({ txn: "t1", err: "" }),
        commit: async () => ({ err: ending === "commit" ? "" : "conflict" }),
        rollback: async () => ({ err: "" }),
        get: noting({ entry: undefined, err: "" }),
        put: noting({ err: "", walIndex: undefined }),
        delete: noting({ err: "", walIndex: undefined }),
        list: noting({ keys: [], err: "" }),
        listPage: noting({ keys: [], err: "" }),
      });
      const useAll = async (storage: Storage) => {
        await storage.get("a");
        await storage.put(entry);
        await storage.delete("a");
        await storage.list("");
        await storage.list("", { limit: 1 });
      };

      await useAll(remote);
      await remote
        .transaction(
          async (inside) => {
            await useAll(inside);
            if (ending === "rollback") throw new Error("not so");
          },
          { readOnly: ending === "read only" },
        )
        .catch(() => {});
      await useAll(remote);

      const [outside, inside] = [Array(5).fill(""), Array(5).fill("t1")];
      assert.deepEqual(seen, [...outside, ...inside, ...outside], ending);
    }
  });

  test("is rolled back when the work fails, and the work's failure is thrown [W121]", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);
    const failure = new Error("fails");

    await assert.rejects(
      remote.transaction(async () => {
        throw failure;
      }),
      failure,
    );

    assert.deepEqual(methodsOf(channel), ["IsTransactional", "BeginTx", "Rollback"]);
  });

  test("that only reads begins as such", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);

    await remote.transaction((inside) => inside.get("a"), { readOnly: true });

    assert.deepEqual(methodsOf(channel), ["IsTransactional", "BeginReadOnlyTx", "Get", "Rollback"]);
  });

  test("does not run when the host says that it could not begin [W120]", async () => {
    const begin = async () => ({ txn: "t1", err: "too many transactions" });
    const { remote } = against({
      isTransactional: async () => ({ transactional: true }),
      beginTx: begin,
      beginReadOnlyTx: begin,
    });
    let hasRun = false;
    const work = async () => {
      hasRun = true;
    };

    for (const readOnly of [false, true]) {
      const attempt = remote.transaction(work, { readOnly });

      await assert.rejects(attempt, { name: "StorageError", message: "too many transactions" });
    }
    assert.equal(hasRun, false);
  });

  test("tells that the commit failed", async () => {
    const { remote } = against({
      isTransactional: async () => ({ transactional: true }),
      beginTx: async () => ({ txn: "t1", err: "" }),
      commit: async () => ({ err: "transaction commit failed" }),
    });

    await assert.rejects(
      remote.transaction(async () => {}),
      { name: "StorageError", message: "transaction commit failed" },
    );
  });

  test("that has ended lets no call through [S131, W120]", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);
    const kept = await remote.transaction(async (inside) => inside);
    const before = channel.calls.length;

    await assert.rejects(kept.put(entry), { message: "transaction has been committed or rolled back" });

    assert.equal(channel.calls.length, before);
  });

  test("waits for calls that nobody waits for, before it ends", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);

    await remote.transaction(async (inside) => {
      inside.put(entry);
    });

    assert.deepEqual(methodsOf(channel), ["IsTransactional", "BeginTx", "Put", "Commit"]);
    assert.deepEqual(await remote.list(""), ["a"]);
  });

  test("within a transaction belongs to it", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);

    await remote.transaction((inside) => inside.transaction((same) => same.put(entry)));

    assert.deepEqual(methodsOf(channel), ["IsTransactional", "BeginTx", "Put", "Commit"]);
  });

  test("whose signal aborts is rolled back", async () => {
    const { remote, channel } = through(createMemoryStorage({ host: "openbao" }), true);
    const controller = new AbortController();

    const attempt = remote.transaction(
      async (inside) => {
        controller.abort();
        await inside.put(entry);
      },
      { signal: controller.signal },
    );

    await assert.rejects(attempt, { name: "AbortError" });
    assert.deepEqual(methodsOf(channel), ["IsTransactional", "BeginTx", "Rollback"]);
  });

  test("asks again whether there are any when the first question failed", async () => {
    let asked = 0;
    const { remote } = against({
      async isTransactional() {
        asked += 1;
        if (asked === 1) throw new RpcError("unavailable", "down");
        return { transactional: false };
      },
    });

    await assert.rejects(
      remote.transaction(async () => {}),
      { message: "storage call failed: unavailable" },
    );
    await remote.transaction(async () => {});
  });
});
