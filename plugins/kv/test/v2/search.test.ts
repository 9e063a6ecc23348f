import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createFaultyStorage,
  createMemoryStorage,
  createTestClock,
  type Harness,
  harness,
} from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { mounted, mountedOnOpenBao } from "./mount.ts";

async function searchable(mount: Harness): Promise<Harness> {
  await mount.write("config/extensions", { search: true });
  await mount.write("data/app/database", { data: { password: "hidden" } });
  await mount.write("metadata/app/database", { custom_metadata: { owner: "ada", tier: "gold" } });
  await mount.write("metadata/app/deep/er/database", { custom_metadata: { owner: "adam" } });
  await mount.write("metadata/app/mail", { custom_metadata: { owner: "bob", __proto__: "x" } });
  await mount.write("metadata/apple", { custom_metadata: { owner: "ada" } });
  return mount;
}

async function keysOf(mount: Harness, path: string, query: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  return (await mount.read(path, query))?.data?.["keys"];
}

for (const [host, mountOn] of [
  ["Vault", mounted],
  ["OpenBao", mountedOnOpenBao],
] as const) {
  test(`secrets are found by their names and their metadata, in all folders, on ${host}`, async () => {
    const mount = await searchable(await mountOn());

    assert.deepEqual(await keysOf(mount, "search/app"), ["database", "deep/er/database", "mail"]);
    assert.deepEqual(await keysOf(mount, "search/"), ["app/database", "app/deep/er/database", "app/mail", "apple"]);
    assert.deepEqual(await keysOf(mount, "search/app/", { name: "*database" }), ["database", "deep/er/database"]);
    assert.deepEqual(await keysOf(mount, "search/app", { name: "data" }), []);
    assert.deepEqual(await keysOf(mount, "search/app", { metadata: "owner=ada" }), ["database"]);
    assert.deepEqual(await keysOf(mount, "search/app", { metadata: ["owner=ada*", "tier=*"] }), ["database"]);
    assert.deepEqual(await keysOf(mount, "search/app", { name: "mail", metadata: "owner=ada*" }), []);
    assert.deepEqual(await keysOf(mount, "search/app", { metadata: "toString=*" }), []);
    assert.deepEqual(await keysOf(mount, "search/none"), []);
  });
}

test("an answer has custom metadata and no values", async () => {
  const mount = await searchable(await mounted());
  await mount.write("data/app/plain", { data: { password: "hidden" } });

  const data = (await mount.read("search/app", { name: "*a*" }))?.data;

  assert.deepEqual(data, {
    keys: ["database", "deep/er/database", "mail", "plain"],
    key_info: {
      database: { custom_metadata: { owner: "ada", tier: "gold" } },
      "deep/er/database": { custom_metadata: { owner: "adam" } },
      mail: { custom_metadata: { owner: "bob" } },
      plain: { custom_metadata: null },
    },
  });
});

test("a search is refused where it was not turned on, or for what is no search", async () => {
  const mount = await mounted();

  await assert.rejects(mount.read("search/app"), {
    kind: "user",
    message: 'search is off in this mount; "search" at config/extensions turns it on',
  });
  await mount.write("config/extensions", { search: true });
  await assert.rejects(mount.read("search/app", { metadata: "owner" }), /metadata/);
  await assert.rejects(mount.read("search/app", { limit: "x" }), /limit/);
  await assert.rejects(mount.read("search/../app"), { kind: "user" });
});

test("pages show every secret once, in the order of their bytes", async () => {
  const mount = await mounted();
  await mount.write("config/extensions", { search: true });
  const names = ["a", "a-b", "a/b", "a/b/c", "a0", "é/x", "é", "z/\u{1f510}/y", "z/\uffee"];
  for (const name of names) await mount.write(`metadata/${name}`, { max_versions: 1 });
  const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  const seen: unknown[] = [];
  let after: unknown = "";
  for (let pages = 0; after !== undefined && pages < 20; pages += 1) {
    const data: Readonly<Record<string, unknown>> = (await mount.read("search/", { after, limit: 2 }))?.data ?? {};
    seen.push(...[data["keys"]].flat());
    after = data["next"];
  }

  assert.deepEqual(seen, sorted);
  assert.deepEqual(await keysOf(mount, "search/", { after: "a/" }), sorted.slice(2));
  assert.deepEqual(await keysOf(mount, "search/", { after: "é/x" }), []);
});

async function faultyMount() {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  await mount.write("config/extensions", { search: true });
  return { mount, storage };
}

test("a search that takes long says where to go on", async (t) => {
  const clock = createTestClock(t);
  const { mount, storage } = await faultyMount();
  for (let n = 100; n < 200; n += 1) await mount.write(`metadata/many/${n}`, { custom_metadata: { n: String(n) } });
  storage.setFault(() => clock.advance(1));

  const first = await mount.read("search/many", { metadata: "n=199" });
  assert.deepEqual(first?.data, { keys: [], key_info: {}, next: "131" });
  storage.setFault(undefined);
  assert.deepEqual(await keysOf(mount, "search/many", { metadata: "n=199", after: "131" }), ["199"]);
});

test("a search ends with its request", async () => {
  const { mount, storage } = await faultyMount();
  for (let n = 100; n < 200; n += 1) await mount.write(`metadata/many/${n}`, { max_versions: 1 });
  const cancelling = new AbortController();
  let calls = 0;
  storage.setFault(() => {
    calls += 1;
    if (calls === 10) cancelling.abort();
  });

  await assert.rejects(mount.read("search/many", {}, { signal: cancelling.signal }));

  assert.ok(calls < 64, `${calls} calls`);
});

test("a secret that cannot be read is left out, and the answer says so", async () => {
  const mount = await searchable(await mounted());
  const before = mount.storage.keys();
  await mount.write("metadata/app/broken", { custom_metadata: { owner: "ada" } });
  const [key = ""] = mount.storage.keys().filter((each) => !before.includes(each));
  await mount.storage.put({ key, value: Buffer.from('{"v":2}') });

  const answer = await mount.read("search/app", { metadata: "owner=ada" });

  assert.deepEqual(answer?.data?.["keys"], ["database"]);
  assert.deepEqual(answer?.warnings, ["secrets that cannot be read, of which the log tells: 1"]);
  assert.ok(mount.logs.some(({ level }) => level === "error"));
});
