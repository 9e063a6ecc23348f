import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type AnySchema, entries, entry, path, type StandardResult, secretsEngine } from "../../src/index.ts";
import { createMemoryStorage, harness, type MemoryStorage } from "../../src/testing/index.ts";

interface User {
  readonly name: string;
  readonly size?: number | bigint;
}

const users = entries<User>("user/", { sealWrap: true });
const config = entry<User>("config");

describe("stored values", () => {
  test("are written as Go writes them [S123]", async () => {
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

    const message = "relative paths not supported";
    for (const id of ["..", "../config", "a/../../config", "a/..", "."])
      await assert.rejects(users.get(storage, id), { kind: "user", message });
  });

  test("have ids with two dots where the host takes them [S121]", async () => {
    const onVault = users.put(createMemoryStorage(), "a..b", { name: "x" });
    const storage = createMemoryStorage({ host: "openbao" });
    await users.put(storage, "a..b", { name: "x" });

    await assert.rejects(onVault, { name: "StorageError", message: "relative paths not supported" });
    assert.deepEqual(await users.get(storage, "a..b"), { name: "x" });
  });

  test("need an id", async () => {
    const storage = createMemoryStorage();
    const refusal = { kind: "user", message: "an empty name cannot be stored or found" };

    await assert.rejects(users.put(storage, "", { name: "x" }), refusal);
    await assert.rejects(users.get(storage, ""), refusal);
    await assert.rejects(users.delete(storage, ""), refusal);
  });

  test("that are broken are reported by key and never shown [S124]", async () => {
    const broken: readonly (readonly [string, string])[] = [
      ["", "'data' being decoded is nil"],
      ["s3cret{", "it is no JSON"],
      ["42 43", "it is no JSON"],
      ["Gs3cret", "it is marked as gzip and is none"],
      ["Ss3cret", "it is compressed with snappy"],
      ["Ls3cret", "it is compressed with LZW"],
    ];

    for (const [stored, why] of broken) {
      const storage = await storing(stored);
      await assert.rejects(config.get(storage), { message: `stored value of "config" cannot be read: ${why}` });
    }
  });

  test("are read as Go plugins may have written them: compressed, without a newline, any number", async () => {
    const zipped = Buffer.concat([Buffer.from("G"), gzipSync('{"name":"zipped"}\n')]);

    assert.deepEqual(await config.get(await storing(zipped)), { name: "zipped" });
    assert.deepEqual(await config.get(await storing('{"name":"x"}')), { name: "x" });
    assert.equal(await entry<number>("config").get(await storing("42\n")), 42);
  });

  test("cannot be nothing [S123]", async () => {
    const attempt = entry<null>("x").put(createMemoryStorage(), null);

    await assert.rejects(attempt, {
      name: "TypeError",
      message: "failed to encode storage entry: input for encoding is nil",
    });
  });

  test("that are local are refused unless a definition lists them, since they would be replicated", async () => {
    const storage = createMemoryStorage();
    const [counter, seen] = [entry<User>("counter", { local: true }), entries<User>("seen/", { local: true })];
    const message = (key: string) =>
      `"${key}" is local but not in "stored" of the definition, so it would be replicated`;

    await assert.rejects(counter.put(storage, { name: "x" }), { name: "TypeError", message: message("counter") });
    await assert.rejects(seen.put(storage, "a", { name: "x" }), { name: "TypeError", message: message("seen/") });
    assert.deepEqual(storage.keys(), []);

    secretsEngine({ help: "", paths: [], stored: [counter, seen] });
    await counter.put(storage, { name: "x" });
    await seen.put(storage, "a", { name: "x" });
    assert.deepEqual(storage.keys(), ["counter", "seen/a"]);
  });

  test("pass the caller's signal on", async () => {
    const signal = AbortSignal.abort();

    await assert.rejects(users.get(createMemoryStorage(), "a", { signal }), { name: "AbortError" });
    await assert.rejects(users.list(createMemoryStorage(), { signal }), { name: "AbortError" });
  });
});

/** What a library with Standard Schema would make: a user with a size, which older versions did not store. */
const userSchema: AnySchema<{ readonly name: string; readonly size: number }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    async validate(value): Promise<StandardResult<{ readonly name: string; readonly size: number }>> {
      const { name, size = 0 } = Object(value);
      if (typeof name === "string" && typeof size === "number") return { value: { name, size } };
      return { issues: [{ message: `no name, but ${name}`, path: ["name", { key: 0 }] }, { message: "odd" }] };
    },
  },
};

describe("stored values with a schema", () => {
  const checked = entries("user/", { schema: userSchema });
  const only = entry("config", { schema: userSchema });

  test("are what the schema makes of them", async () => {
    const storage = createMemoryStorage();
    await users.put(storage, "bob", { name: "bob" });

    const found: { readonly name: string; readonly size: number } | undefined = await checked.get(storage, "bob");
    assert.deepEqual(found, { name: "bob", size: 0 });
    assert.equal(await checked.get(storage, "tom"), undefined);
  });

  test("that are somebody else's are refused by key and place, and never shown", async () => {
    const storage = await storing('{"name":["s3cret"]}');

    await assert.rejects(only.get(storage), {
      message: 'stored value of "config" does not fit its schema at "name.0", its top',
    });
  });
});

describe("a write that the host's storage refuses", () => {
  const keep = path("keep", {
    summary: "Keeps a user.",
    fields: {},
    update: ({ storage }) => users.put(storage, "bob", { name: "bob" }),
    async delete({ storage }) {
      try {
        await users.delete(storage, "bob");
      } catch (error) {
        throw new Error("the user could not be deleted", { cause: error });
      }
    },
  });

  test("reaches the host with the host's text, also as the cause of another failure [S133]", async () => {
    const mount = await harness(() => secretsEngine({ help: "", paths: [keep] }));
    mount.storage.setReadOnly(true);

    const refusal = { kind: "unknown", message: "cannot write to readonly storage" };
    await assert.rejects(mount.write("keep"), refusal);
    await assert.rejects(mount.delete("keep"), refusal);
  });
});

async function storing(stored: string | Uint8Array): Promise<MemoryStorage> {
  const storage = createMemoryStorage();
  await storage.put({ key: "config", value: Buffer.from(stored) });
  return storage;
}
