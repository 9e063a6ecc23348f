import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryStorage, type Harness, harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

// The secret of RFC 6238 for SHA-1.
const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const used = { kind: "user", message: "code already used; wait until the next time period" };

async function mountAt(clock: { seconds: number }): Promise<Harness> {
  return harness(createTotp({ now: () => clock.seconds }));
}

async function codeOf(mount: Harness, name: string): Promise<unknown> {
  return (await mount.read(`code/${name}`))?.data?.["code"];
}

async function check(mount: Harness, name: string, code: unknown): Promise<unknown> {
  return (await mount.write(`code/${name}`, { code }))?.data;
}

test("gives the code of the moment and nothing else [T57, T61, T63]", async () => {
  const clock = { seconds: 1111111109 };
  const mount = await mountAt(clock);
  await mount.write("keys/six", { key });
  await mount.write("keys/eight", { key, digits: 8 });

  assert.deepEqual(await mount.read("code/six"), { data: { code: "081804" } });
  assert.deepEqual(await mount.read("code/eight"), { data: { code: "07081804" } });
  clock.seconds = 1111111111.9;
  assert.deepEqual(await mount.read("code/eight"), { data: { code: "14050471" } });
});

test("makes the same codes of a key in small letters [T20]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key: key.toLowerCase() });

  assert.equal(await codeOf(mount, "k"), "287082");
});

test("makes codes of a key without padding [T21]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key: `${key}GEZAU` });

  assert.match(String(await codeOf(mount, "k")), /^\d{6}$/);
});

test("knows no code of an unknown key [T56]", async () => {
  const mount = await mountAt({ seconds: 59 });

  await assert.rejects(mount.read("code/none"), { kind: "user", message: "unknown key: none" });
  await assert.rejects(mount.write("code/none", { code: "1" }), { kind: "user", message: "unknown key: none" });
});

test("takes a code once [T64, T65, T82]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });
  const code = await codeOf(mount, "k");

  assert.deepEqual(await check(mount, "k", code), { valid: true });
  await assert.rejects(check(mount, "k", code), used);
});

test("remembers a wrong code as well [T66, T67]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  assert.deepEqual(await check(mount, "k", "000000"), { valid: false });
  await assert.rejects(check(mount, "k", "000000"), used);
});

test("blanks around a code do not make it another one [T68]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });
  await check(mount, "k", "287082");

  await assert.rejects(check(mount, "k", " 287082\t"), used);
});

test("takes a code as a number", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  assert.deepEqual(await check(mount, "k", 287082), { valid: true });
});

test("a code of another length is wrong [T70]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  assert.deepEqual(await check(mount, "k", "94287082"), { valid: false });
});

test("asks for a code before it looks for the key [T72, T73]", async () => {
  const mount = await mountAt({ seconds: 59 });
  const required = { kind: "user", message: "the code value is required" };

  await assert.rejects(check(mount, "none", ""), required);
  await assert.rejects(check(mount, "none", "  "), required);
  await assert.rejects(mount.write("code/none", {}), required);
});

test("takes codes of the neighbouring steps with a skew of 1 [T75, T77]", async () => {
  for (const [seconds, valid] of [
    [29, true],
    [89, true],
    [90, false],
  ] as const) {
    const mount = await mountAt({ seconds });
    await mount.write("keys/k", { key, digits: 8 });

    assert.deepEqual(await check(mount, "k", "94287082"), { valid });
  }
});

test("takes no codes of the neighbouring steps with a skew of 0 [T76]", async () => {
  for (const seconds of [29, 60]) {
    const mount = await mountAt({ seconds });
    await mount.write("keys/k", { key, digits: 8, skew: 0 });

    assert.deepEqual(await check(mount, "k", "94287082"), { valid: false });
  }
});

test("forgets a code after its period and as many more as its skew allows for [T78]", async () => {
  const clock = { seconds: 100 };
  const mount = await mountAt(clock);
  await mount.write("keys/k", { key, period: 2, skew: 0 });
  const code = await codeOf(mount, "k");
  await check(mount, "k", code);

  clock.seconds = 103.9;
  await assert.rejects(check(mount, "k", code), used);
  clock.seconds = 105;

  assert.deepEqual(await check(mount, "k", code), { valid: false });
});

test("a code that was refused is not refused any longer for that", async () => {
  const clock = { seconds: 30 };
  const mount = await mountAt(clock);
  await mount.write("keys/k", { key });
  await check(mount, "k", "000000");
  clock.seconds = 119;
  await assert.rejects(check(mount, "k", "000000"), used);

  clock.seconds = 120;

  assert.deepEqual(await check(mount, "k", "000000"), { valid: false });
});

test("a code of one key does not block another key or another mount [T79]", async () => {
  const [one, other] = [await mountAt({ seconds: 59 }), await mountAt({ seconds: 59 })];
  for (const [mount, name] of [
    [one, "k"],
    [one, "l"],
    [other, "k"],
  ] as const) {
    await mount.write(`keys/${name}`, { key });
    assert.deepEqual(await check(mount, name, "287082"), { valid: true });
  }
});

test("two mounts of one factory share no memory [T79]", async () => {
  const factory = createTotp({ now: () => 59 });
  for (const mount of [await harness(factory), await harness(factory)]) {
    await mount.write("keys/k", { key });
    assert.deepEqual(await check(mount, "k", "287082"), { valid: true });
  }
});

test("a key that is made again does not free its codes [T80]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });
  await check(mount, "k", "287082");

  await mount.delete("keys/k");
  await mount.write("keys/k", { key });

  await assert.rejects(check(mount, "k", "287082"), used);
});

test("takes a code once when it comes twenty times at the same moment [T83]", async () => {
  const mount = await mountAt({ seconds: 59 });
  await mount.write("keys/k", { key });

  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => check(mount, "k", "287082")));

  assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
  for (const answer of answers) if (answer.status === "rejected") assert.equal(answer.reason.message, used.message);
});

test("reads keys that the plugin in Go stored", async () => {
  const storage = createMemoryStorage();
  const stored = `{"key":"${key}","issuer":"","account_name":"","period":30,"algorithm":0,"digits":8,"skew":1}\n`;
  await storage.put({ key: "key/k", value: new TextEncoder().encode(stored) });
  const mount = await harness(createTotp({ now: () => 59 }), { storage });

  assert.equal(await codeOf(mount, "k"), "94287082");
});

test("says of a stored key that is no base32 only that", async () => {
  const storage = createMemoryStorage();
  const stored = '{"key":"!","issuer":"","account_name":"","period":30,"algorithm":0,"digits":6,"skew":1}';
  await storage.put({ key: "key/k", value: new TextEncoder().encode(stored) });
  const mount = await harness(createTotp({ now: () => 59 }), { storage });

  await assert.rejects(mount.read("code/k"), { kind: "internal", message: "Decoding of secret as base32 failed." });
  await assert.rejects(check(mount, "k", "1"), {
    kind: "user",
    message: "an error occurred while validating the code",
  });
});

test("knows neither lists nor deletions of codes", async () => {
  const mount = await mountAt({ seconds: 59 });

  await assert.rejects(mount.list("code/k"), { kind: "unsupported-path" });
  await assert.rejects(mount.delete("code/k"), { kind: "unsupported-operation" });
  await assert.rejects(mount.patch("keys/k", { key }), { kind: "unsupported-operation" });
});

test("says on Vault when a code ends, for keys that ask for it", async () => {
  const mount = await mountAt({ seconds: 67.8 });
  await mount.write("keys/k", { key, show_expiry: true });

  assert.deepEqual((await mount.read("code/k"))?.data, {
    ...{ code: "359152", generated: 67, expire_time: 90, period: "30s", seconds_left: 23 },
  });
  assert.equal((await mount.read("keys/k"))?.data?.["show_expiry"], true);
});
