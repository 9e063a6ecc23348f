import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultyStorage, createMemoryStorage, type Fault, type Harness, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";
import { mounted, readValue, valueRecords, versionsOf, writeLongVersions, writeVersions } from "./mount.ts";

async function expectReadable(mount: Harness, key: string, texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries())
    assert.deepEqual((await readValue(mount, key, { version: String(index + 1) })).data, { text });
}

test("short values of all versions are with their secret, and go with their versions", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 12);

  assert.equal(valueRecords(mount), 0);
  assert.deepEqual(Object.keys(await versionsOf(mount, "foo")), ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
  assert.deepEqual((await readValue(mount, "foo", { version: "3" })).data, { n: 3 });
  await mount.write("data/foo", { data: { n: "hunter13" } });
  await mount.write("destroy/foo", { versions: [13] });
  const [record] = mount.storage.keys().filter((key) => key.startsWith("U/secrets/"));
  const stored = Buffer.from((await mount.storage.get(record ?? ""))?.value ?? []).toString();
  assert.doesNotMatch(stored, /hunter13|"n":3\b/);
});

test("the newest values that there is room for are with their secret", async () => {
  const mount = await mounted();
  const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(1500));
  for (const text of texts) await mount.write("data/foo", { data: { text } });

  assert.equal(valueRecords(mount), 2);
  await expectReadable(mount, "foo", texts);
  const longer = [...texts, "e".repeat(20_000), "f"];
  for (const text of longer.slice(4)) await mount.write("data/foo", { data: { text } });
  assert.equal(valueRecords(mount), 3);
  await expectReadable(mount, "foo", longer);
});

test("a secret's own record stays small", async () => {
  const mount = await mounted();
  for (let n = 0; n < 20; n += 1) await mount.write("data/foo", { data: { text: "x".repeat(997 * (n % 5)) } });

  const [key = ""] = mount.storage.keys().filter((each) => each.startsWith("U/secrets/"));
  const length = (await mount.storage.get(key))?.value.length ?? 0;

  assert.ok(length < 4096 + 2000, `${length} bytes`);
});

async function faultyMount() {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness((given) => kv({ ...given, uuid: "U" }), { storage, options: { version: "2" } });
  // The name key is there before anything fails.
  await mount.write("data/other", { data: {} });
  await mount.delete("metadata/other");
  return { mount, storage, empty: storage.keys() };
}

/** Fails everything from one storage call on, as an end of the process does. */
function killedAt(call: number): Fault {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls >= call) throw new Error("killed");
  };
}

const middling = { text: "x".repeat(3000) };
const long = { text: "x".repeat(10_000) };

for (const [what, before] of [
  ["a first value", []],
  ["a value after a short one", [{ n: 1 }]],
  ["a value that moves another", [middling]],
  ["a value after a long one", [long]],
] as const)
  test(`an interrupted write of ${what} leaves nothing once its version is dropped or its secret removed`, async () => {
    for (const value of [middling, long])
      for (const isRemoved of [true, false])
        for (let call = 1; call <= 7; call += 1) {
          const { mount, storage, empty } = await faultyMount();
          for (const each of before) await mount.write("data/foo", { data: each });
          storage.setFault(killedAt(call));
          await Promise.allSettled([mount.write("data/foo", { data: value })]);
          storage.setFault(undefined);

          if (!isRemoved) await writeVersions(mount, "foo", 11);
          assert.ok(isRemoved || valueRecords(mount) === 0, `call ${call}`);
          await mount.delete("metadata/foo");
          assert.deepEqual(storage.keys(), empty, `call ${call}`);
        }
  });

test("values with records of their own go with their versions", async () => {
  const mount = await mounted();
  await writeLongVersions(mount, "foo", 12);
  assert.equal(valueRecords(mount), 10);

  await writeVersions(mount, "foo", 10);

  assert.equal(valueRecords(mount), 0);
});
