import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { storageContract } from "@vaultwright/core/testing";
import { createMemoryStore } from "../../src/storage/memory-store.ts";
import { createMountStorage } from "../../src/storage/mount-storage.ts";
import { openSqliteStore } from "../../src/storage/sqlite-store.ts";
import type { Store } from "../../src/storage/store.ts";

const makers = {
  "in memory": createMemoryStore,
  "in a folder": () => openSqliteStore(mkdtempSync(join(tmpdir(), "host-store-"))),
};

const mountStorage = (store: Store, name: string) => createMountStorage({ store, name, kind: "vault" });

for (const [name, makeStore] of Object.entries(makers))
  describe(name, () => {
    for (const kind of ["vault", "openbao"] as const)
      describe(`like ${kind}`, () => {
        storageContract(() => createMountStorage({ store: makeStore(), name: "mount/a", kind }), { host: kind });
      });

    test("keeps mounts apart", async () => {
      const store = makeStore();
      const [one, other] = [mountStorage(store, "mount/1"), mountStorage(store, "mount/2")];

      await one.put({ key: "a", value: Buffer.from("x") });

      assert.equal(await other.get("a"), undefined);
      assert.deepEqual(await other.list(""), []);
    });

    test("clears one mount and leaves the others", async () => {
      const store = makeStore();
      const [one, other] = [mountStorage(store, "mount/1"), mountStorage(store, "mount/2")];
      await one.put({ key: "a", value: Buffer.from("x") });
      await other.put({ key: "a", value: Buffer.from("x") });

      store.clear("mount/1");

      assert.deepEqual(await one.list(""), []);
      assert.deepEqual(await other.list(""), ["a"]);
    });
  });
