import assert from "node:assert/strict";
import { test } from "node:test";
import { mount } from "../mount.ts";

const defaults = {
  lockout_threshold: 5,
  lockout_duration: 900,
  lockout_counter_reset: 900,
  shared_secret_set: false,
  shared_policies: ["my-policy", "other-policy"],
  shared_metadata: { fruit: "banana" },
  shared_ttl: 30,
  shared_max_ttl: 3600,
};

test("shows the defaults on a fresh mount [A124]", async () => {
  const { read } = await mount();

  assert.deepEqual((await read("config"))?.data, defaults);
});

test("a change leaves what it does not name as it was [A125]", async () => {
  const { read, write } = await mount();

  const answer = await write("config", { lockout_threshold: 3 });

  assert.equal(answer, undefined);
  assert.deepEqual((await read("config"))?.data, { ...defaults, lockout_threshold: 3 });
});

test("every setting can be written, and all but the secret read", async () => {
  const { read, write } = await mount();

  await write("config", {
    lockout_threshold: 7,
    lockout_duration: "1m",
    lockout_counter_reset: "2m",
    shared_secret: "Wh1te-Rabbit",
    shared_policies: "B, a",
    shared_metadata: { fruit: "cherry" },
    shared_ttl: "1m",
    shared_max_ttl: "1h",
  });

  assert.deepEqual((await read("config"))?.data, {
    lockout_threshold: 7,
    lockout_duration: 60,
    lockout_counter_reset: 120,
    shared_secret_set: true,
    shared_policies: ["a", "b"],
    shared_metadata: { fruit: "cherry" },
    shared_ttl: 60,
    shared_max_ttl: 3600,
  });
});

test("stores no shared secret in clear text [A137]", async () => {
  const { storage, write } = await mount();

  await write("config", { shared_secret: "Wh1te-Rabbit" });

  const stored = new TextDecoder().decode((await storage.get("config"))?.value);
  assert.match(stored, /\$scrypt\$ln=15,r=8,p=1\$/);
  assert.equal(stored.includes("Wh1te-Rabbit"), false);
});

test("an empty secret unsets it", async () => {
  const { read, write } = await mount();
  await write("config", { shared_secret: "Wh1te-Rabbit" });

  await write("config", { shared_secret: "" });

  assert.equal((await read("config"))?.data?.["shared_secret_set"], false);
});

test("deleting goes back to the defaults", async () => {
  const mounted = await mount();
  await mounted.write("config", { lockout_threshold: 3, shared_secret: "Wh1te-Rabbit" });

  await mounted.delete("config");

  assert.deepEqual((await mounted.read("config"))?.data, defaults);
});

for (const [data, message] of [
  [{ lockout_threshold: -1 }, "lockout_threshold cannot be negative"],
  [{ shared_ttl: "2h" }, "shared_ttl cannot be greater than shared_max_ttl"],
  [{ shared_secret: "x".repeat(1025) }, "password is longer than 1024 bytes"],
] as const)
  test(`refuses settings with "${message}"`, async () => {
    const { write, storage } = await mount();

    await assert.rejects(write("config", data), { kind: "user", message });
    assert.deepEqual(storage.keys(), []);
  });
