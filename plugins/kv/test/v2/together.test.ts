import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, type Fault, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { metadataOf, mounted, mountedOnOpenBao, readValue, versionsOf, writeLongVersions } from "./mount.ts";

async function increment(mount: Harness): Promise<boolean> {
  const found = await mount.read("data/counter");
  const { data, metadata } = found?.data ?? {};
  const options = { cas: Object(metadata).version ?? 0 };
  try {
    await mount.write("data/counter", { data: { n: (Object(data).n ?? 0) + 1 }, options });
    return true;
  } catch (error) {
    assert.match(String(error), /did not match the current version/);
    return false;
  }
}

for (const [host, mountOn] of [
  ["Vault", mounted],
  ["OpenBao", mountedOnOpenBao],
] as const)
  test(`no update is lost among many clients on ${host}`, async () => {
    const mount = await mountOn();
    const client = async () => {
      let accepted = 0;
      for (let attempt = 0; attempt < 10; attempt += 1) if (await increment(mount)) accepted += 1;
      return accepted;
    };

    const accepted = await Promise.all(Array.from({ length: 8 }, client));

    const sum = accepted.reduce((total, each) => total + each, 0);
    assert.ok(sum > 0);
    assert.deepEqual((await readValue(mount, "counter")).data, { n: sum });
    assert.equal((await metadataOf(mount, "counter"))["current_version"], sum);
  });

async function faultyMount(host: "vault" | "openbao" = "vault") {
  const storage = createFaultyStorage(createMemoryStorage({ host }));
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, host, options: { version: "2" } });
  return { ...mount, storage };
}

test("a write of one key does not wait for that of another", async () => {
  const mount = await faultyMount();
  await mount.write("data/slow", { data: {} });
  await mount.write("data/fast", { data: {} });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let isFirst = true;
  mount.storage.setFault(async ({ operation }) => {
    if (operation !== "put" || !isFirst) return;
    isFirst = false;
    await held;
  });

  const slow = mount.request("update", "data/slow", { data: { n: 1 } });
  await mount.request("update", "data/fast", { data: { n: 2 } });
  release();
  await slow;

  assert.deepEqual((await readValue(mount, "slow")).data, { n: 1 });
  assert.deepEqual((await readValue(mount, "fast")).data, { n: 2 });
});

const long = "x".repeat(10_000);
/** Two of them are too long for one record. */
const middling = "x".repeat(3000);

/** What a client sees of a secret. */
async function seen(mount: Harness): Promise<unknown> {
  const versions = await versionsOf(mount, "foo");
  const values = await Promise.all(
    Object.keys(versions).map(async (version) => (await readValue(mount, "foo", { version })).data),
  );
  return { versions, values };
}

for (const host of ["vault", "openbao"] as const)
  for (const text of ["short", middling, long])
    test(`a write that fails at any storage call leaves everything as it was, or is complete (${host}, ${text.length} characters)`, async () => {
      for (let call = 1; call <= 12; call += 1) {
        const mount = await faultyMount(host);
        await mount.write("metadata/foo", { max_versions: 3 });
        for (const before of ["a", long, middling]) await mount.write("data/foo", { data: { text: before } });
        const before = await seen(mount);
        let calls = 0;
        const failing: Fault = () => {
          calls += 1;
          if (calls >= call) throw new Error("killed");
        };
        mount.storage.setFault(failing);
        const outcome = await Promise.allSettled([mount.write("data/foo", { data: { text } })]);
        mount.storage.setFault(undefined);

        const { current_version } = await metadataOf(mount, "foo");
        const isThere = current_version === 4;
        if (outcome[0].status === "fulfilled") assert.ok(isThere);
        if (!isThere) assert.deepEqual(await seen(mount), before);
        else assert.deepEqual((await readValue(mount, "foo")).data, { text });
        const next = await mount.write("data/foo", { data: { text: "next" } });
        assert.equal(next?.data?.["version"], isThere ? 5 : 4);
        await seen(mount);
        await mount.delete("metadata/foo");
        assert.deepEqual(
          mount.storage.keys().filter((key) => !["U/names", "U/upgrade"].includes(key)),
          [],
        );
      }
    });

test("a request that is cancelled while it waits writes nothing", async () => {
  const mount = await faultyMount();
  await mount.write("data/foo", { data: { n: 1 } });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  mount.storage.setFault(({ operation }) => (operation === "put" ? held : undefined));
  const first = mount.request("update", "data/foo", { data: { n: 2 } });
  const cancelling = new AbortController();
  const second = mount.request("update", "data/foo", { data: { n: 3 } }, { signal: cancelling.signal });

  cancelling.abort();
  await assert.rejects(second);
  release();
  await first;

  assert.deepEqual((await readValue(mount, "foo")).data, { n: 2 });
});

test("on OpenBao several writes of a request are one transaction", async () => {
  const mount = await mountedOnOpenBao();
  await writeLongVersions(mount, "foo", 2);

  const operations = mount.requests.at(-1)?.storage.map(({ operation }) => operation);
  assert.deepEqual(operations, ["get", "begin", "put", "put", "commit"]);
});
