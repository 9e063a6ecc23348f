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
    ["", "the keys value is required"],
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
