import assert from "node:assert/strict";
import { test } from "node:test";
import { openEntityStore } from "../../src/identity/entity-store.ts";
import { createMemoryStore } from "../../src/storage/memory-store.ts";

const now = () => new Date("2026-01-01T00:00:00Z");
const alias = { name: "Me", mountType: "userpass", mountAccessor: "auth_1", metadata: new Map([["a", "b"]]) };

test("finds the entity of an alias again, whatever its case, and takes what a login says of it", () => {
  const entities = openEntityStore(createMemoryStore(), now);
  const first = entities.ofAlias(alias);

  const second = entities.ofAlias({ ...alias, name: "me", metadata: new Map([["c", "d"]]) });

  assert.equal(second.id, first.id);
  assert.deepEqual(second.aliases[0]?.metadata, new Map([["c", "d"]]));
  assert.equal(second.aliases[0]?.name, "Me");
});

test("reads the entities that earlier versions of the server kept", () => {
  const store = createMemoryStore();
  const { metadata: _metadata, ...rest } = alias;
  const old = { id: "1", name: "entity_1", alias: { ...rest, id: "2", metadata: { a: "b" } } };
  store.put("host/entities", "1", Buffer.from(JSON.stringify(old)));

  const entities = openEntityStore(store, now);

  assert.equal(entities.ofAlias(alias).id, "1");
  assert.deepEqual(entities.get("1")?.aliases[0]?.metadata, new Map([["a", "b"]]));
});
