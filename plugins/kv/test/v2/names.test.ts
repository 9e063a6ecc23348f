import assert from "node:assert/strict";
import { test } from "node:test";
import { createNames } from "../../src/v2/names.ts";
import { mounted, writeVersions } from "./mount.ts";

const names = createNames(Buffer.alloc(32, 7));

test("a name is always hidden by the same text, so that it can be found and listed", () => {
  const path = names.pathOf("app/database");

  assert.equal(path, names.pathOf("app/database"));
  assert.ok(path.startsWith(names.pathOf("app/")));
  const [app = "", database = ""] = path.split("/");
  assert.equal(names.nameOf("", app), "app");
  assert.equal(names.nameOf("app/", database), "database");
});

test("names of all kinds come back", () => {
  for (const name of ["a", "🔐 ключ", "x".repeat(5000), "a..b", "%2f", "\u0000"])
    assert.equal(names.nameOf("", names.pathOf(name)), name);
});

test("the same name has another text in another folder and in another mount", () => {
  const texts = [names.pathOf("a"), names.pathOf("b/a").split("/")[1], createNames(Buffer.alloc(32, 8)).pathOf("a")];

  assert.equal(new Set(texts).size, 3);
});

test("a text that was changed, or moved to another folder, is refused", () => {
  const text = names.pathOf("secret");
  const changed = Buffer.from(text, "base64url");
  changed[17] = (changed[17] ?? 0) ^ 1;

  for (const forged of [changed.toString("base64url"), "", "AAAA"])
    assert.throws(() => names.nameOf("", forged), { message: "a stored name cannot be read" });
  assert.throws(() => names.nameOf("folder/", text), { message: "a stored name cannot be read" });
});

test("texts stay the same from release to release", () => {
  assert.equal(names.pathOf("app/database"), "Dq4Pj0jsAzcJH0PQkXRb6YWNXg/bzunEK8v2iIYBQkIMxHeGvuLgjRRt69r");
  assert.equal(names.versionId("app/database", 3), "gc/u9mQBxD9xkTNWcg0MZg3SnXe6KhjyvQnNsgBzaUVc");
});

test("storage keys tell no name, and are all seal-wrapped", async () => {
  const mount = await mounted();
  await writeVersions(mount, "customers/acme", 3);

  assert.doesNotMatch(mount.storage.keys().join(), /customers|acme/);
  assert.deepEqual(mount.backend.specialPaths?.sealWrapStorage, ["U/"]);
  for (const key of mount.storage.keys()) {
    const found = await mount.storage.get(key);
    assert.equal(found?.sealWrap, true, key);
  }
});

test("nothing but values and their records can be read from a snapshot", async () => {
  const { backend } = await mounted();

  assert.deepEqual(backend.specialPaths?.allowSnapshotRead, ["data/*"]);
  assert.deepEqual(backend.specialPaths?.root ?? [], []);
  assert.deepEqual(backend.specialPaths?.unauthenticated ?? [], []);
});
