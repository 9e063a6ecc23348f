import assert from "node:assert/strict";
import { test } from "node:test";
import { type Harness, harness } from "@vaultwright/core/testing";
import { readMigrationUrl } from "../src/migration/migration-url.ts";
import { totp } from "../src/totp.ts";
import { readQrCode } from "./read-png.ts";

const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const settings = { key, issuer: "Example", account_name: "alice", exportable: true };

async function exportUrls(mount: Harness, wish: object): Promise<readonly string[]> {
  const urls = (await mount.write("export", { ...wish }))?.data?.["urls"];
  assert.ok(Array.isArray(urls));
  return urls.map(String);
}

test("gives exportable keys as URL and as QR code", async () => {
  const mount = await harness(totp);
  await mount.write("keys/a", { ...settings, algorithm: "SHA512", digits: 8 });
  await mount.write("keys/b", { ...settings, key: key.toLowerCase() });

  const { data = {} } = (await mount.write("export", { keys: "a,b" })) ?? {};

  const [url = ""] = Array.from(Object(data["urls"]), String);
  const account = { secret: Buffer.from("12345678901234567890"), name: "alice", issuer: "Example", type: 2 };
  assert.deepEqual(readMigrationUrl(url), [
    { ...account, algorithm: 3, digits: 2 },
    { ...account, algorithm: 1, digits: 1 },
  ]);
  const [barcode = ""] = Array.from(Object(data["barcodes"]), String);
  assert.equal(readQrCode(Buffer.from(barcode, "base64")), url);
});

test("gives ten accounts a URL, as apps do", async () => {
  const mount = await harness(totp);
  const names = Array.from({ length: 21 }, (_, index) => `k${index}`);
  for (const name of names) await mount.write(`keys/${name}`, settings);

  const urls = await exportUrls(mount, { keys: names, qr_size: 0 });

  assert.deepEqual(
    urls.map((url) => readMigrationUrl(url)?.length),
    [10, 10, 1],
  );
});

test("gives an otpauth URL for each key, whatever its period and spelling are", async () => {
  const mount = await harness(totp);
  await mount.write("keys/a", { ...settings, period: 60, key: key.toLowerCase().slice(0, 10) });
  await mount.write("keys/b", { key, exportable: true, account_name: "b" });

  assert.deepEqual(await exportUrls(mount, { keys: "a,b", format: "otpauth", qr_size: 0 }), [
    "otpauth://totp/Example:alice?algorithm=SHA1&digits=6&issuer=Example&period=60&secret=GEZDGNBVGY",
    `otpauth://totp/b?algorithm=SHA1&digits=6&period=30&secret=${key}`,
  ]);
});

test("gives all keys that are exportable where none is named", async () => {
  const mount = await harness(totp);
  await assert.rejects(mount.write("export"), { kind: "user", message: "there is no key to export" });
  await mount.write("keys/c", { ...settings, account_name: "c" });
  await mount.write("keys/b", { key });
  await mount.write("keys/a", { ...settings, account_name: "a" });

  const [url = ""] = await exportUrls(mount, { qr_size: 0 });

  assert.deepEqual(
    readMigrationUrl(url)?.map(({ name }) => name),
    ["a", "c"],
  );
});

test("gives not more keys than can be imported at once", async () => {
  const mount = await harness(totp);
  await mount.write("keys/k0", settings);
  const value = (await mount.storage.get("key/k0"))?.value;
  assert.ok(value);
  for (let index = 1; index <= 1000; index += 1) await mount.storage.put({ key: `key/k${index}`, value });

  const message = "not more than 1000 keys can be exported at once";
  await assert.rejects(mount.write("export", { qr_size: 0 }), { kind: "user", message });

  await mount.delete("keys/k0");
  await assert.rejects(mount.write("export", { format: "otpauth" }), {
    kind: "user",
    message: "not more than 100 QR codes can be drawn at once; set qr_size to 0 for none",
  });
  assert.equal((await exportUrls(mount, { qr_size: 0 })).length, 100);
});

test("says of a key whose stored secret cannot be read only that", async () => {
  const mount = await harness(totp);
  const stored =
    '{"key":"!","issuer":"","account_name":"","period":30,"algorithm":0,"digits":6,"skew":1,"exportable":true}';
  await mount.storage.put({ key: "key/k", value: Buffer.from(stored) });

  const message = "the key k cannot be exported: its secret is no Base32";
  for (const format of ["migration", "otpauth"])
    await assert.rejects(mount.write("export", { keys: "k", format }), { kind: "user", message });
});

test("another mount can import what one exports", async () => {
  const [from, to] = [await harness(totp), await harness(totp)];
  await from.write("keys/a", { ...settings, digits: 8 });

  const urls = await exportUrls(from, { keys: ["a", "a"], qr_size: 0 });
  await to.write("import", { urls, exportable: true });

  assert.deepEqual((await to.read("keys/Example-alice"))?.data, (await from.read("keys/a"))?.data);
  assert.deepEqual(
    (await exportUrls(to, { keys: "Example-alice", qr_size: 0 })).map(readMigrationUrl),
    urls.map(readMigrationUrl),
  );
});

test("says of a key that it is exportable, and of no other", async () => {
  const mount = await harness(totp);
  await mount.write("keys/a", settings);
  await mount.write("keys/b", { ...settings, exportable: false });

  assert.equal((await mount.read("keys/a"))?.data?.["exportable"], true);
  assert.ok(!("exportable" in Object((await mount.read("keys/b"))?.data)));
});

test("gives out no key that is not exportable, and no part of the others", async () => {
  const mount = await harness(totp);
  await mount.write("keys/a", settings);
  await mount.write("keys/usual", { key });
  await mount.write("keys/slow", { ...settings, period: 60 });

  for (const [keys, message] of [
    ["a,usual", "the key usual is not exportable"],
    ["a,none", "unknown key: none"],
    ["a,slow", "the key slow cannot be exported: authenticator apps exchange keys with a period of 30 seconds only"],
    ["", "there is no key to export"],
  ] as const)
    await assert.rejects(mount.write("export", { keys }), { kind: "user", message });
});

test("a key that is kept from its first answer cannot be exportable", async () => {
  const mount = await harness(totp);
  const wish = { generate: true, issuer: "I", account_name: "a", exported: false, exportable: true };

  await assert.rejects(mount.write("keys/k", wish), {
    kind: "user",
    message: "the exportable value must be false if exported is false",
  });

  assert.deepEqual(mount.storage.keys(), []);
});
