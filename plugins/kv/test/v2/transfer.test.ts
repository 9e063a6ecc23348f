import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { metadataOf, mounted, mountedOnOpenBao, notFoundBody, readValue } from "./mount.ts";

const long = "x".repeat(10_000);

/** Makes a secret with values of all kinds, and gives what a client sees of it. */
async function writeSecret(mount: Harness, key: string): Promise<unknown> {
  await mount.write(`metadata/${key}`, { max_versions: 5, custom_metadata: { owner: "ada" } });
  for (const text of ["a", long, "b", "c"]) await mount.write(`data/${key}`, { data: { text } });
  await mount.write(`destroy/${key}`, { versions: [3] });
  await mount.write(`delete/${key}`, { versions: [1] });
  return seen(mount, key);
}

async function seen(mount: Harness, key: string): Promise<unknown> {
  const values = await Promise.all(["2", "4"].map(async (version) => (await readValue(mount, key, { version })).data));
  return { values, metadata: await metadataOf(mount, key) };
}

for (const [host, mountOn] of [
  ["Vault", mounted],
  ["OpenBao", mountedOnOpenBao],
] as const) {
  test(`a copy has all that the secret has, on ${host}`, async () => {
    const mount = await mountOn();
    const before = await writeSecret(mount, "a/b");

    assert.equal(await mount.write("copy/a/b", { destination: "c/d" }), undefined);

    assert.deepEqual(await seen(mount, "c/d"), before);
    assert.deepEqual(await seen(mount, "a/b"), before);
    await mount.delete("metadata/a/b");
    assert.deepEqual(await seen(mount, "c/d"), before);
  });

  test(`a move leaves nothing behind, on ${host}`, async () => {
    const mount = await mountOn();
    const before = await writeSecret(mount, "a/b");
    const count = mount.storage.keys().length;

    assert.equal(await mount.write("move/a/b", { destination: "c/d" }), undefined);

    assert.deepEqual(await seen(mount, "c/d"), before);
    assert.equal(await mount.read("metadata/a/b"), undefined);
    assert.equal(mount.storage.keys().length, count);
  });
}

test("nothing is overwritten, and what is not there cannot be moved", async () => {
  const mount = await mounted();
  await mount.write("data/a", { data: { n: 1 } });
  await mount.write("data/b", { data: { n: 2 } });

  for (const operation of ["copy", "move"]) {
    await assert.rejects(mount.write(`${operation}/a`, { destination: "b" }), {
      kind: "user",
      message: "there is a secret at the destination already",
    });
    await assert.rejects(mount.write(`${operation}/a`, { destination: "a/" }), {
      kind: "user",
      message: "source and destination are the same",
    });
    await assert.rejects(mount.write(`${operation}/a`, {}), { message: 'missing required field "destination"' });
    await assert.rejects(mount.write(`${operation}/a`, { destination: "c/../d" }), { kind: "user" });
    assert.deepEqual(notFoundBody(await mount.write(`${operation}/none`, { destination: "c" })), {});
  }
  assert.deepEqual((await readValue(mount, "a")).data, { n: 1 });
  assert.deepEqual((await readValue(mount, "b")).data, { n: 2 });
});

test("a move that is interrupted at any storage call loses nothing, and goes on when it is asked for again", async () => {
  for (let call = 1; call <= 16; call += 1) {
    const storage = createFaultyStorage(createMemoryStorage());
    const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
    const before = await writeSecret(mount, "a");
    const count = storage.keys().length;
    let calls = 0;
    storage.setFault(() => {
      calls += 1;
      if (calls >= call) throw new Error("killed");
    });
    await Promise.allSettled([mount.write("move/a", { destination: "b" })]);
    storage.setFault(undefined);

    const isLeft = (await mount.read("metadata/a")) !== undefined;
    if (isLeft) {
      assert.deepEqual(await seen(mount, "a"), before);
      await mount.write("move/a", { destination: "b" });
    }

    assert.deepEqual(await seen(mount, "b"), before);
    // What an interrupted removal left goes with the next deletion.
    await mount.delete("metadata/a");
    assert.equal(storage.keys().length, count, `call ${call}`);
  }
});

test("a copy and a move send events", async () => {
  const mount = await mounted();
  await mount.write("data/a", { data: {} });

  await mount.write("copy/a", { destination: "b" });
  await mount.write("move/a", { destination: "c" });

  const facts = { modified: "true", current_version: "1", oldest_version: "0" };
  assert.deepEqual(
    mount.events.sent.slice(-2).map(({ type, event }) => [type, event.metadata]),
    [
      ["kv-v2/copy", { ...facts, operation: "copy", path: "copy/a", data_path: "data/b" }],
      ["kv-v2/move", { ...facts, operation: "move", path: "move/a", data_path: "data/c" }],
    ],
  );
});
