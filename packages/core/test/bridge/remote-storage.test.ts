import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHostStorage } from "../../src/bridge/host-storage.ts";
import { remoteStorage } from "../../src/bridge/remote-storage.ts";
import { StorageDefinition } from "../../src/gen/pb/storage.ts";
import type { Storage } from "../../src/logical/storage.ts";
import { clientOf, type Handlers, implement } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { createMemoryChannel, type MemoryChannel } from "../../src/rpc/transport/memory-channel.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { storageContract } from "../../src/testing/storage-contract.ts";
import { hostServices } from "./in-memory.ts";

function through(storage: Storage, hasTransactions: boolean) {
  const channel = createMemoryChannel(hostServices({ storage, hasTransactions }));
  return { channel, remote: remoteStorage(createHostStorage(channel), {}) };
}

function against(handlers: Handlers<typeof StorageDefinition>) {
  const channel = createMemoryChannel([implement(StorageDefinition, handlers)]);
  return { channel, remote: remoteStorage(createHostStorage(channel), {}) };
}

function methodsOf({ calls }: MemoryChannel): string[] {
  return calls.map(({ path }) => path.replace("/pb.Storage/", ""));
}

const entry = { key: "a", value: Uint8Array.of(1) };

describe("on Vault [W117]", () => {
  storageContract(() => through(createMemoryStorage(), false).remote, { host: "vault" });
});

describe("on OpenBao [W117]", () => {
  storageContract(() => through(createMemoryStorage({ host: "openbao" }), true).remote, { host: "openbao" });
});

describe("a failure of the host's storage", () => {
  test("is thrown with the host's text unchanged [W105, W117]", async () => {
    const storage = createMemoryStorage();
    storage.setReadOnly(true);
    const { remote } = through(storage, false);

    const expected = { name: "StorageError", kind: "unknown", message: "cannot write to readonly storage" };
    await assert.rejects(remote.put(entry), expected);
    await assert.rejects(remote.delete("a"), expected);
  });

  test("of a write without a value has the hosts' text [S122]", async () => {
    const channel = createMemoryChannel(hostServices({ storage: createMemoryStorage() }));

    const { err } = await clientOf(StorageDefinition, channel).put({ entry: undefined, txn: "" });

    assert.equal(err, "cannot write nil entry");
  });

  test("keeps a text that came as a status, which is how a host without storage answers", async () => {
    const remote = remoteStorage(createHostStorage(createMemoryChannel(hostServices())), {});

    await assert.rejects(remote.get("a"), { name: "StorageError", message: /^missing storage implementation: / });
  });

  test("of the connection does not tell what the connection was", async () => {
    const { remote } = against({
      async get() {
        throw new RpcError("unavailable", "connect ENOENT /tmp/secret.sock");
      },
    });

    await assert.rejects(remote.get("a"), { name: "StorageError", message: "storage call failed: unavailable" });
  });
});

describe("a list", () => {
  test("asks for pages once, and cuts them itself where the host has none [W118]", async () => {
    const storage = createMemoryStorage();
    for (const key of ["c", "a", "b"]) await storage.put({ ...entry, key });
    const { remote, channel } = through(storage, false);

    assert.deepEqual(await remote.list("", { after: "a" }), ["b", "c"]);
    assert.deepEqual(await remote.list("", { limit: 1 }), ["a"]);
    assert.deepEqual(await remote.list("", { after: "a", limit: 1 }), ["b"]);
    for (const limit of [0, -1]) assert.deepEqual(await remote.list("", { after: "b", limit }), ["c"]);

    assert.deepEqual(methodsOf(channel), ["ListPage", "List", "List", "List", "List", "List"]);
  });

  test("of everything is no page", async () => {
    const { remote, channel } = through(createMemoryStorage(), true);

    await remote.list("", { after: "", limit: 0 });
    await remote.list("", { limit: -1 });

    assert.deepEqual(methodsOf(channel), ["List", "List"]);
  });

  test("asks for no more names than the message can say", async () => {
    let asked: number | undefined;
    const { remote } = against({
      async listPage({ limit }) {
        asked = limit;
        return { keys: [], err: "" };
      },
    });

    await remote.list("", { limit: 1e12 });

    assert.equal(asked, 2_147_483_647);
  });
});

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

describe("an abort", () => {
  test("of one call ends it with the caller's reason", async () => {
    const { remote } = against({ get: () => new Promise(() => {}) });

    await assert.rejects(remote.get("a", { signal: AbortSignal.timeout(5) }), { name: "TimeoutError" });
  });
});
