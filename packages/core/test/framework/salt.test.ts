import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { createSalt, loadSalt } from "../../src/index.ts";
import { createMemoryStorage } from "../../src/testing/index.ts";

describe("a salt", () => {
  test("is made once, and stored as its text", async () => {
    const storage = createMemoryStorage();

    const made = await loadSalt(storage);
    const found = await loadSalt(storage);

    assert.equal(made.isNew, true);
    assert.equal(found.isNew, false);
    assert.equal(found.id("x"), made.id("x"));
    assert.match(new TextDecoder().decode((await storage.get("salt"))?.value), /^[0-9a-f-]{36}$/);
  });

  test("is made once also by two at the same time", async () => {
    const storage = createMemoryStorage();

    const [one, other] = await Promise.all([loadSalt(storage), loadSalt(storage)]);

    assert.equal(one.id("x"), other.id("x"));
    assert.equal((await loadSalt(storage)).id("x"), one.id("x"));
    assert.deepEqual([one.isNew, other.isNew], [true, false]);
  });

  test("stands before what is hashed, and is the key of the HMAC [S169]", async () => {
    const storage = createMemoryStorage();
    await storage.put({ key: "salt", value: new TextEncoder().encode("s") });

    const salt = await loadSalt(storage);

    const hmac = createHmac("sha256", "s").update("x").digest("hex");
    assert.equal(salt.id("x"), createHash("sha256").update("sx").digest("hex"));
    assert.equal(salt.hmac("x"), hmac);
    assert.equal(salt.identifiedHmac("x"), `hmac-sha256:${hmac}`);
  });

  test("has the place and the algorithms that it is told", async () => {
    const storage = createMemoryStorage();
    await storage.put({ key: "a/b", value: new TextEncoder().encode("s") });

    const salt = await loadSalt(storage, {
      location: "a/b",
      hash: "sha1",
      hmac: { algorithm: "sha512", type: "hmac-sha512" },
    });

    assert.equal(salt.id("x"), createHash("sha1").update("sx").digest("hex"));
    assert.equal(salt.identifiedHmac("x"), `hmac-sha512:${createHmac("sha512", "s").update("x").digest("hex")}`);
  });

  test("that is not stored is another each time", () => {
    assert.notEqual(createSalt().id("x"), createSalt().id("x"));
  });

  test("is not made by a node that cannot store it", async () => {
    const storage = createMemoryStorage();
    storage.setReadOnly(true);

    await assert.rejects(loadSalt(storage), { message: "cannot write to readonly storage" });
  });
});
