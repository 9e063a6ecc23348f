import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createFaultyStorage, createMemoryStorage, faults, type Harness, harness } from "@vaultwright/core/testing";
import { makeMigrationUrl } from "../src/migration/migration-url.ts";
import type { Account } from "../src/migration/payload.ts";
import { createTotp, totp } from "../src/totp.ts";

// The secret of RFC 6238 for SHA-1.
const alice: Account = {
  secret: Buffer.from("12345678901234567890"),
  name: "alice@example.com",
  issuer: "Example",
  algorithm: 1,
  digits: 2,
  type: 2,
};
const bob: Account = { ...alice, name: "Other:bob", issuer: "Other", algorithm: 0, digits: 0, type: 0 };

const urlOf = (...accounts: readonly Account[]): string => makeMigrationUrl(accounts, { size: 1, index: 0, id: 1 });

async function importKeys(mount: Harness, ...urls: readonly string[]): Promise<unknown> {
  return (await mount.write("import", { urls }))?.data?.["keys"];
}

test("keeps a key for each account, named after issuer and account", async () => {
  const mount = await harness(createTotp({ now: () => 59 }));

  assert.deepEqual(await importKeys(mount, urlOf(alice), urlOf(bob)), ["Example-alice@example.com", "Other-bob"]);

  const usual = { period: 30, algorithm: "SHA1" };
  assert.deepEqual(await mount.read("keys/Example-alice@example.com"), {
    data: { ...usual, issuer: "Example", account_name: "alice@example.com", digits: 8 },
  });
  assert.deepEqual(await mount.read("keys/Other-bob"), {
    data: { ...usual, issuer: "Other", account_name: "bob", digits: 6 },
  });
  assert.deepEqual(await mount.read("code/Example-alice@example.com"), { data: { code: "94287082" } });
});

test("takes the issuer before a name where there is no other, and leaves other names alone", async () => {
  const mount = await harness(totp);
  await importKeys(mount, urlOf({ ...alice, name: "Shop: carol", issuer: "" }, { ...alice, name: "a:b", issuer: "X" }));

  const carol = (await mount.read("keys/Shop-carol"))?.data;
  const other = (await mount.read("keys/X-a-b"))?.data;

  assert.deepEqual([carol?.["issuer"], carol?.["account_name"]], ["Shop", "carol"]);
  assert.deepEqual([other?.["issuer"], other?.["account_name"]], ["X", "a:b"]);
});

test("takes otpauth URLs, too", async () => {
  const mount = await harness(createTotp({ now: () => 59 }));
  const url = "otpauth://totp/Example:carol?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq&period=60&digits=8&algorithm=SHA1";

  assert.deepEqual(await importKeys(mount, urlOf(alice), url), ["Example-alice@example.com", "Example-carol"]);

  assert.equal((await mount.read("keys/Example-carol"))?.data?.["period"], 60);
  assert.deepEqual(await mount.read("code/Example-carol"), { data: { code: "84755224" } });
});

test("takes the same import twice, and refuses another key of a name that is taken", async () => {
  const mount = await harness(totp);
  await importKeys(mount, urlOf(alice));

  assert.deepEqual(await importKeys(mount, urlOf(alice, bob)), ["Example-alice@example.com", "Other-bob"]);
  const other = { ...alice, secret: Buffer.from("x") };
  await assert.rejects(importKeys(mount, urlOf({ ...bob, name: "new" }, other)), {
    kind: "user",
    message: "the key Example-alice@example.com exists already and is another one",
  });

  assert.deepEqual(mount.storage.keys(), ["key/Example-alice@example.com", "key/Other-bob"]);
});

for (const host of ["vault", "openbao"] as const)
  test(`an import that failed half-way can be repeated on ${host}`, async () => {
    const storage = createFaultyStorage(createMemoryStorage({ host }));
    const mount = await harness(totp, { host, storage });
    let puts = 0;
    storage.setFault(({ operation }) => {
      if (operation !== "put") return;
      puts += 1;
      if (puts === 2) throw new Error("the disk is full");
    });
    await assert.rejects(importKeys(mount, urlOf(alice, bob)));
    assert.equal(storage.keys().length, host === "openbao" ? 0 : 1);

    storage.setFault(undefined);

    assert.equal(Array.from(Object(await importKeys(mount, urlOf(alice, bob)))).length, 2);
  });

test("a key that is written during an import stays", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness(totp, { storage });
  let puts = 0;
  // The import has found no key of that name, and is about to store its own.
  const reached = new Promise<void>((resolve) => {
    storage.setFault(async ({ operation }) => {
      if (operation !== "put") return;
      puts += 1;
      if (puts > 1) return;
      resolve();
      await delay(50);
    });
  });

  const imported = importKeys(mount, urlOf(alice));
  await reached;
  await mount.write("keys/Example-alice@example.com", { key: "GEZDGNBV", period: 60 });
  await imported;

  assert.equal((await mount.read("keys/Example-alice@example.com"))?.data?.["period"], 60);
});

test("a node that may not write has the request sent on", async () => {
  const storage = createFaultyStorage(createMemoryStorage(), faults.readOnly());
  const mount = await harness(totp, { storage });

  await assert.rejects(importKeys(mount, urlOf(alice)), { message: "cannot write to readonly storage" });
});

const first = "account 1 of the url at position 1";
const refusals: readonly (readonly [string, readonly string[], string])[] = [
  ["no URL", [], "the urls value holds no keys"],
  ["a payload without accounts", [urlOf()], "the urls value holds no keys"],
  [
    "another URL",
    [urlOf(alice), "https://totp/a?secret=AA"],
    "the url at position 2 is no URL of an authenticator app",
  ],
  ["an otpauth URL of a counter", [`otpauth://hotp/a?secret=AA`], "the url at position 1 is not time-based"],
  ["an otpauth URL without a secret", ["otpauth://totp/a"], "the url at position 1: the key value is required"],
  [
    "seven digits in a URL",
    ["otpauth://totp/a?secret=AA&digits=7"],
    "the url at position 1: the digits value can only be 6 or 8",
  ],
  [
    "a URL of megabytes",
    [urlOf(...Array.from({ length: 100_000 }, () => alice))],
    "the url at position 1 is no URL of an authenticator app",
  ],
  ["a counter-based key", [urlOf({ ...alice, type: 1 })], `${first} is not time-based`],
  ["MD5", [urlOf({ ...alice, algorithm: 4 })], `${first} has an algorithm that is not supported`],
  ["seven digits", [urlOf({ ...alice, digits: 3 })], `${first} has a number of digits that is not supported`],
  ["no secret", [urlOf({ ...alice, secret: Buffer.alloc(0) })], `${first} has no secret`],
  ["a huge secret", [urlOf({ ...alice, secret: Buffer.alloc(1025) })], "a secret must not be longer than 1024 bytes"],
  [
    "too many keys",
    Array.from({ length: 101 }, () => urlOf(...Array.from({ length: 10 }, () => alice))),
    "not more than 1000 keys can be imported at once",
  ],
];

for (const [what, urls, message] of refusals)
  test(`refuses ${what} and keeps nothing`, async () => {
    const mount = await harness(totp);

    await assert.rejects(importKeys(mount, ...urls), { kind: "user", message });

    assert.deepEqual(mount.storage.keys(), []);
  });
