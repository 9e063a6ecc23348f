import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { entries, entry } from "../../src/index.ts";
import { createMemoryStorage } from "../../src/testing/index.ts";

interface User {
  readonly name: string;
  readonly size?: number | bigint;
}

const users = entries<User>("user/", { sealWrap: true });
const config = entry<User>("config");

describe("stored values", () => {
  test("are written as Go writes them", async () => {
    const storage = createMemoryStorage();

    await users.put(storage, "bob", { name: "<&>\u2028" });

    const found = await storage.get("user/bob");
    assert.equal(new TextDecoder().decode(found?.value), '{"name":"\\u003c\\u0026\\u003e\\u2028"}\n');
    assert.equal(found?.sealWrap, true);
  });

  test("come back as they were", async () => {
    const storage = createMemoryStorage();
    const value = { name: "<b>", size: 9007199254740993n };

    await users.put(storage, "bob", value);
    await config.put(storage, value);

    assert.deepEqual(await users.get(storage, "bob"), value);
    assert.deepEqual(await config.get(storage), value);
  });

  test("are absent until they are put, and after they are deleted", async () => {
    const storage = createMemoryStorage();
    assert.equal(await config.get(storage), undefined);
    await config.put(storage, { name: "x" });
    await users.put(storage, "bob", { name: "x" });

    await config.delete(storage);
    await users.delete(storage, "bob");

    assert.deepEqual(storage.keys(), []);
  });

  test("are listed by id, and by folder where ids have slashes", async () => {
    const storage = createMemoryStorage();
    for (const id of ["a", "b", "team/x", "team/y"]) await users.put(storage, id, { name: id });
    await config.put(storage, { name: "x" });

    assert.deepEqual(await users.list(storage), ["a", "b", "team/"]);
    assert.deepEqual(await users.list(storage, { folder: "team/" }), ["x", "y"]);
    assert.deepEqual(await users.list(storage, { after: "a", limit: 1 }), ["b"]);
  });

  test("cannot be reached by an id that leaves its prefix", async () => {
    const storage = createMemoryStorage();

    for (const id of ["..", "../config", "a/../../config", "a/..", "."])
      await assert.rejects(users.get(storage, id), { kind: "user", message: "relative paths not supported" });
    assert.equal(await users.get(storage, "a..b"), undefined);
  });

  test("need an id", async () => {
    const storage = createMemoryStorage();
    const refusal = { kind: "user", message: "an empty name cannot be stored or found" };

    await assert.rejects(users.put(storage, "", { name: "x" }), refusal);
    await assert.rejects(users.get(storage, ""), refusal);
    await assert.rejects(users.delete(storage, ""), refusal);
  });

  test("that are broken are reported by key and never shown", async () => {
    const storage = createMemoryStorage();
    await storage.put({ key: "config", value: new TextEncoder().encode("s3cret{") });
    await assert.rejects(config.get(storage), { message: 'stored value of "config" is no JSON' });

    await storage.put({ key: "config", value: new Uint8Array() });
    await assert.rejects(config.get(storage), { message: 'stored value of "config" is empty' });
  });

  test("cannot be nothing", async () => {
    await assert.rejects(entry<null>("x").put(createMemoryStorage(), null), TypeError);
  });

  test("pass the caller's signal on", async () => {
    const signal = AbortSignal.abort();

    await assert.rejects(users.get(createMemoryStorage(), "a", { signal }), { name: "AbortError" });
    await assert.rejects(users.list(createMemoryStorage(), { signal }), { name: "AbortError" });
  });
});
