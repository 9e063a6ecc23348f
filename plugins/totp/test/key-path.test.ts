import assert from "node:assert/strict";
import { test } from "node:test";
import { type Harness, harness } from "@vaultwright/core/testing";
import { createTotp, totp } from "../src/totp.ts";
import { readPng, readQrCode } from "./read-png.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const generate = { generate: true, issuer: "Vault", account_name: "Test" };

async function dataOf(mount: Harness, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  return (await mount.read(`keys/${name}`))?.data;
}

async function storedSecret(mount: Harness, name: string): Promise<string> {
  const found = await mount.storage.get(`key/${name}`);
  assert.ok(found);
  const { key: secret }: { key: string } = JSON.parse(new TextDecoder().decode(found.value));
  return secret;
}

async function urlOf(mount: Harness, name: string, wish: object = {}): Promise<string> {
  const response = await mount.write(`keys/${name}`, { ...generate, ...wish });
  return String(response?.data?.["url"]);
}

test("keeps a given key with the usual settings, and never shows it [T1, T2]", async () => {
  const mount = await harness(totp);

  assert.equal(await mount.write("keys/k", { key }), undefined);

  const usual = { issuer: "", account_name: "", period: 30, algorithm: "SHA1", digits: 6 };
  assert.deepEqual(await mount.read("keys/k"), { data: usual });
});

test("keeps all settings, and replaces all of them [T3, T4]", async () => {
  const mount = await harness(totp);
  const settings = { issuer: "Vault", account_name: "Test", digits: 8, period: 90, algorithm: "SHA256" };

  await mount.write("keys/k", { key, ...settings });
  assert.deepEqual(await dataOf(mount, "k"), settings);

  await mount.write("keys/k", { key });
  assert.deepEqual((await dataOf(mount, "k"))?.["digits"], 6);
  assert.deepEqual((await dataOf(mount, "k"))?.["issuer"], "");
});

test("reads a period as a duration [T27]", async () => {
  const mount = await harness(totp);

  await mount.write("keys/k", { key, period: "1m30s" });

  assert.equal((await dataOf(mount, "k"))?.["period"], 90);
});

test("makes a key and shows it once, as URL and QR code [T5, T6, T7, T90]", async () => {
  const mount = await harness(totp);

  const response = await mount.write("keys/g", generate);

  assert.deepEqual(Object.keys(response?.data ?? {}).sort(), ["barcode", "url"]);
  const url = String(response?.data?.["url"]);
  assert.match(
    url,
    /^otpauth:\/\/totp\/Vault:Test\?algorithm=SHA1&digits=6&issuer=Vault&period=30&secret=[A-Z2-7]{32}$/,
  );
  const barcode = String(response?.data?.["barcode"]);
  assert.ok(barcode.startsWith("iVBORw0KGgo"));
  assert.equal(readPng(Buffer.from(barcode, "base64")).size, 200);
  assert.equal(readQrCode(Buffer.from(barcode, "base64")), url);
  const shown = ["account_name", "algorithm", "digits", "issuer", "period"];
  assert.deepEqual(Object.keys((await dataOf(mount, "g")) ?? {}).sort(), shown);
});

test("leaves the QR code out on request [T8]", async () => {
  const mount = await harness(totp);

  const response = await mount.write("keys/g", { ...generate, qr_size: 0 });

  assert.deepEqual(Object.keys(response?.data ?? {}), ["url"]);
});

test("keeps a made key to itself on request [T9]", async () => {
  const mount = await harness(totp);

  assert.equal(await mount.write("keys/g", { ...generate, exported: false }), undefined);
  assert.equal((await dataOf(mount, "g"))?.["issuer"], "Vault");
});

test("makes secrets of any length [T10, T11]", async () => {
  const mount = await harness(totp);

  assert.match(await urlOf(mount, "a", { key_size: 10 }), /&secret=[A-Z2-7]{16}$/);
  assert.match(await urlOf(mount, "b", { key_size: 32 }), /&secret=[A-Z2-7]{52}$/);
  assert.match(await urlOf(mount, "c", { key_size: 1, digits: 8, algorithm: "SHA512" }), /&secret=[A-Z2-7]{2}$/);
});

test("stores the secret that it made, whatever the issuer is called [T89]", async () => {
  const mount = await harness(createTotp({ randomBytes: (size) => Buffer.alloc(size, 0xff) }));

  const url = await urlOf(mount, "g", { issuer: "x&secret=AAAAAAAA" });

  assert.equal(await storedSecret(mount, "g"), "7".repeat(32));
  assert.ok(url.endsWith(`&issuer=x%26secret%3DAAAAAAAA&period=30&secret=${"7".repeat(32)}`));
});

const refusals: readonly (readonly [string, object, string])[] = [
  ["T14", { ...generate, key }, "a key should not be passed if generate is true"],
  ["T15", { ...generate, url: "otpauth://totp/V:t?secret=S" }, "a url should not be passed if generate is true"],
  ["T16", { ...generate, key, url: "x" }, "a key should not be passed if generate is true"],
  ["T44", { url: `otpauth://totp/%zz?secret=${key}` }, "an error occurred while parsing url string"],
  ["T40", { url: `otpauth://totp/a?secret=${key}&period=AZ` }, "an error occurred while parsing period value in url"],
  ["T41", { url: `otpauth://totp/a?secret=${key}&digits=Q` }, "an error occurred while parsing digits value in url"],
  ["T33", { key, digits: 9, algorithm: "X", period: 0 }, "the digits value can only be 6 or 8"],
  ["T24", { key, digits: 20 }, "the digits value can only be 6 or 8"],
  ["T24", { key, digits: 7 }, "the digits value can only be 6 or 8"],
  ["null digits", { key, digits: null }, "the digits value can only be 6 or 8"],
  ["T23", { key, algorithm: "BADALGORITHM", period: 0 }, "the algorithm value is not valid"],
  ["T23", { key, algorithm: "sha1" }, "the algorithm value is not valid"],
  ["T25", { key, period: 0, skew: 2 }, "the period value must be greater than zero"],
  ["T42", { url: `otpauth://totp/a?secret=${key}&period=-5` }, "the period value must be greater than zero"],
  ["T28", { ...generate, skew: "2", qr_size: -1 }, "the skew value must be 0 or 1"],
  ["T29", { ...generate, qr_size: "-100", key_size: 0 }, "the qr_size value must be greater than or equal to zero"],
  ["T30", { generate: true, key_size: "-100" }, "the key_size value must be greater than zero"],
  ["T30", { ...generate, key_size: 0 }, "the key_size value must be greater than zero"],
  ["T31", { key, key_size: 0 }, "the key_size value must be greater than zero"],
  ["T12", { generate: true, issuer: "V" }, "the account_name value is required for generated keys"],
  ["T13", { generate: true, account_name: "a" }, "the issuer value is required for generated keys"],
  ["T17", {}, "the key value is required"],
  ["T43", { url: "notaurl" }, "the key value is required"],
  ["broken secret in a URL", { url: "otpauth://totp/a?secret=a%zz", key }, "the key value is required"],
  ["T18", { key: "1" }, "invalid key value: illegal base32 data at input byte 0"],
  ["T19", { key: "JBSW Y3DP" }, "invalid key value: illegal base32 data at input byte 4"],
  ["T22", { key: "AAA" }, "invalid key value: illegal base32 data at input byte 3"],
  ["too long", { ...generate, key_size: 2 ** 53 }, "the key_size value must not be greater than 1024"],
  ["too large", { ...generate, qr_size: 5000 }, "the qr_size value must not be greater than 4096"],
  [
    "T26",
    { key, period: -1 },
    "Field validation failed: error converting input for field \"period\": cannot provide negative value '-1'",
  ],
];

for (const [id, wish, message] of refusals)
  test(`refuses ${JSON.stringify(wish)} and stores nothing [${id}]`, async () => {
    const mount = await harness(totp);

    await assert.rejects(mount.write("keys/k", { ...wish }), { kind: "user", message });

    assert.equal(await mount.read("keys/k"), undefined);
  });

test("refuses a value of a wrong type and names the field [T91]", async () => {
  const mount = await harness(totp);

  await assert.rejects(mount.write("keys/k", { generate: "maybe" }), {
    kind: "user",
    message: /^Field validation failed: error converting input for field "generate":/,
  });
});

test("fails when the QR code has no room, stores nothing and does not show the secret [T32]", async () => {
  const mount = await harness(createTotp({ randomBytes: (size) => Buffer.alloc(size, 0xff) }));

  await assert.rejects(mount.write("keys/k", { ...generate, qr_size: 10 }), {
    kind: "internal",
    message: "failed to generate QR code image: can not scale barcode to an image smaller than 45x45",
  });

  assert.deepEqual(mount.storage.keys(), []);
  assert.doesNotMatch(JSON.stringify(mount.logs), /7777/);
});

test("refuses to make a key when there is no randomness", async () => {
  const randomBytes = () => {
    throw new Error("no entropy");
  };
  const mount = await harness(createTotp({ randomBytes }));

  await assert.rejects(mount.write("keys/k", generate), {
    kind: "user",
    message: "an error occurred while generating a key",
  });
});

test("stores a given key padded and otherwise as it came [T21]", async () => {
  const mount = await harness(totp);

  await mount.write("keys/k", { key: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZau" });

  assert.equal(await storedSecret(mount, "k"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZau===");
});

test("stores what the plugin in Go stores", async () => {
  const mount = await harness(totp);

  await mount.write("keys/k", { key, issuer: "I", account_name: "A", algorithm: "SHA512", digits: 8, skew: 0 });

  const found = await mount.storage.get("key/k");
  assert.deepEqual(JSON.parse(new TextDecoder().decode(found?.value)), {
    ...{ key, issuer: "I", account_name: "A", period: 30, algorithm: 2, digits: 8, skew: 0 },
  });
});

const urls: readonly (readonly [string, object, object])[] = [
  [
    "T34",
    { url: `otpauth://totp/Vault:test@email.com?secret=${key}&algorithm=SHA512&digits=6&period=60` },
    { issuer: "Vault", account_name: "test@email.com", period: 60, algorithm: "SHA512", digits: 6 },
  ],
  ["T35", { url: `otpauth://totp/test@email.com?secret=${key}&issuer=Vault` }, { issuer: "Vault" }],
  ["T36", { url: `otpauth://totp/test@email.com?secret=${key}` }, { issuer: "", account_name: "test@email.com" }],
  ["T37", { url: `otpauth://totp/Vault:?secret=${key}` }, { issuer: "Vault", account_name: "" }],
  ["T38", { url: `otpauth://totp/?secret=${key}` }, { issuer: "", account_name: "" }],
  [
    "T39",
    { url: `otpauth://totp/a?secret=${key}`, issuer: "Body", account_name: "x" },
    { issuer: "Body", account_name: "a" },
  ],
  ["T45", { url: `otpauth://hotp/V:t?secret=${key}` }, { issuer: "V", account_name: "t" }],
  ["T46", { url: `otpauth://totp/V:t?secret=${key}`, digits: 8, key: "!" }, { digits: 8 }],
];

for (const [id, wish, wanted] of urls)
  test(`takes ${JSON.stringify(wish)} [${id}]`, async () => {
    const mount = await harness(totp);

    await mount.write("keys/k", { ...wish });

    const data = await dataOf(mount, "k");
    assert.deepEqual({ ...data, ...wanted }, data);
    assert.equal(await storedSecret(mount, "k"), key);
  });

test("takes names with characters inside that are no word characters [T47]", async () => {
  const mount = await harness(totp);

  for (const name of ["sample", "sample@sample.com", "sample@sample@@sample.com", "a-b.c_d"]) {
    await mount.write(`keys/${name}`, generate);
    assert.match(String((await mount.read(`code/${name}`))?.data?.["code"]), /^\d{6}$/);
  }
});

test("knows no path for other names [T48]", async () => {
  const mount = await harness(totp);

  for (const name of ["@sample.com", "sample.com@", "a-", "a/b"])
    await assert.rejects(mount.write(`keys/${name}`, generate), { kind: "unsupported-path" });
});

test("finds no unknown key, and deletes it all the same [T49, T50]", async () => {
  const mount = await harness(totp);

  assert.equal(await mount.read("keys/none"), undefined);
  assert.equal(await mount.delete("keys/none"), undefined);
});

test("a deleted key is gone [T51]", async () => {
  const mount = await harness(totp);
  await mount.write("keys/k", { key });

  assert.equal(await mount.delete("keys/k"), undefined);

  assert.equal(await mount.read("keys/k"), undefined);
  await assert.rejects(mount.read("code/k"), { kind: "user", message: "unknown key: k" });
});

test("warns of parameters that it does not know only where there is an answer [T85, T86]", async () => {
  const mount = await harness(totp);

  assert.equal(await mount.write("keys/k", { key, foo: 1 }), undefined);
  const response = await mount.write("keys/g", { ...generate, foo: 1 });

  assert.deepEqual(response?.warnings, ["Endpoint ignored these unrecognized parameters: [foo]"]);
});

test("has no existence check, so that making a key is an update [T84]", async () => {
  const mount = await harness(totp);

  await assert.rejects(mount.request("create", "keys/k", { key }), { kind: "unsupported-operation" });
});
