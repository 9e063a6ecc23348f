import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { entries, mergePatch, path, t, UserError } from "../../src/index.ts";
import { mounted } from "./sample.ts";

interface Role {
  readonly size?: number;
  readonly ttl?: number;
  readonly labels?: Readonly<Record<string, unknown>>;
}

const roles = entries<Role>("role/");
const role = path("roles/:name", {
  summary: "",
  fields: { name: t.name(), size: t.int(), ttl: t.seconds({ default: 60 }), labels: t.map() },
  async read({ fields, storage }) {
    const found = await roles.get(storage, fields.name);
    return found && { data: found };
  },
  update: ({ fields: { name, ...given }, storage }) => roles.put(storage, name, given),
  async patch({ fields: { name, ...given }, storage }) {
    if (given.size === 13) throw new UserError("not thirteen");
    const changes = given.size === 1 ? { ...given, ttl: 1 } : given;
    await roles.put(storage, name, mergePatch(await roles.get(storage, name), changes));
  },
});

/** Stores a role, patches it and gives what is stored then. */
async function patched(stored: object, changes: object): Promise<unknown> {
  const mount = await mounted([role]);
  await mount.storage.put({ key: "role/a", value: Buffer.from(JSON.stringify(stored)) });
  await mount.patch("roles/a", { ...changes });
  return (await mount.read("roles/a"))?.data;
}

describe("a merge patch", () => {
  test("of what is not stored is refused [S73]", async () => {
    const mount = await mounted([role]);

    await assert.rejects(mount.patch("roles/a", { size: 3 }), { message: "resource does not exist" });
  });

  test("changes what it names and no more, defaults included [S74]", async () => {
    assert.deepEqual(await patched({ size: 2, ttl: 5 }, { size: "3" }), { size: 3, ttl: 5 });
    assert.deepEqual(await patched({ size: 2 }, { size: "3" }), { size: 3 });
  });

  test("removes by null, in maps member by member [S77]", async () => {
    const stored = { size: 2, labels: { k: 1, other: { deep: true } } };

    assert.deepEqual(await patched(stored, { labels: null }), { size: 2 });
    assert.deepEqual(await patched(stored, { labels: { k: null, other: { more: [1] } } }), {
      size: 2,
      labels: { other: { deep: true, more: [1] } },
    });
  });

  test("leaves out what is no field, and lets the handler change or refuse it [S78]", async () => {
    assert.deepEqual(await patched({ size: 2 }, { size: "0x1", unknown: 5 }), { size: 1, ttl: 1 });
    await assert.rejects(patched({ size: 2 }, { size: 13 }), { kind: "user", message: "not thirteen" });
  });

  test("replaces lists and what is no plain object as a whole", () => {
    const when = new Date(0);

    assert.deepEqual(mergePatch({ tags: ["a", "b"] }, { tags: ["c"] }), { tags: ["c"] });
    assert.deepEqual(mergePatch({ when: new Date(5) }, { when }), { when });
    assert.deepEqual(mergePatch({ a: { b: 1 } as unknown }, { a: "text" }), { a: "text" });
    assert.deepEqual(mergePatch({ a: 1 as unknown }, { a: { b: { c: null, d: 2 } } }), { a: { b: { d: 2 } } });
  });

  test("leaves what it is given as it was, and members called __proto__ members", () => {
    const stored = { map: JSON.parse('{"__proto__":1,"a":1}') };
    const changes = { map: JSON.parse('{"__proto__":{"polluted":true}}') };

    const result = mergePatch(stored, changes);

    assert.equal(JSON.stringify(stored), '{"map":{"__proto__":1,"a":1}}');
    assert.equal(JSON.stringify(result), '{"map":{"__proto__":{"polluted":true},"a":1}}');
    assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
  });
});
