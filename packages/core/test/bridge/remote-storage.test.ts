import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHostStorage } from "../../src/bridge/host-storage.ts";
import { remoteStorage } from "../../src/bridge/remote-storage.ts";
import { StorageDefinition } from "../../src/gen/pb/storage.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { storageContract } from "../../src/testing/storage-contract.ts";
import { hostServices } from "./in-memory.ts";
import { createMemoryChannel } from "./memory-channel.ts";
import { against, entry, methodsOf, through } from "./storage-fixture.ts";

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

describe("an abort", () => {
  test("of one call ends it with the caller's reason", async () => {
    const { remote } = against({ get: () => new Promise(() => {}) });

    await assert.rejects(remote.get("a", { signal: AbortSignal.timeout(5) }), { name: "TimeoutError" });
  });
});
