import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { storageView } from "../../src/index.ts";
import { createMemoryStorage, storageContract } from "../../src/testing/index.ts";

const value = Uint8Array.of(1);

describe("a view on Vault", () => storageContract(() => storageView(createMemoryStorage(), "p/"), { host: "vault" }));

describe("a view on OpenBao", () =>
  storageContract(() => storageView(createMemoryStorage({ host: "openbao" }), "p/"), { host: "openbao" }));

test("a view writes below its prefix and names keys without it [S120]", async () => {
  const storage = createMemoryStorage();
  const view = storageView(storage, "p/");

  await view.put({ key: "a", value, sealWrap: true });
  await storageView(view, "q/").put({ key: "b", value });
  await storage.put({ key: "elsewhere", value });

  assert.deepEqual(storage.keys(), ["elsewhere", "p/a", "p/q/b"]);
  assert.deepEqual(await view.get("a"), { key: "a", value, sealWrap: true });
  assert.equal(await view.get("elsewhere"), undefined);
  assert.deepEqual(await view.list(""), ["a", "q/"]);
  assert.deepEqual(await storageView(view, "q/").list(""), ["b"]);
});

test("a transaction of a view is one of the whole storage", async () => {
  const storage = createMemoryStorage({ host: "openbao" });

  const attempt = storageView(storage, "p/").transaction(async (inside) => {
    await inside.put({ key: "a", value });
    throw new Error("fails");
  });

  await assert.rejects(attempt, { message: "fails" });
  assert.deepEqual(storage.keys(), []);
});
