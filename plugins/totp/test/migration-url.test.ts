import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { makeMigrationUrl, readMigrationUrl } from "../src/migration/migration-url.ts";

const account = { secret: Buffer.from("Hello!\xde\xad\xbe\xef", "latin1"), name: "testuser", issuer: "example.com" };
const usual = { algorithm: 1, digits: 1, type: 2 };
// As an app writes it: each field of an account, then version, size, index and a negative id of the batch.
const written = "CikKCkhlbGxvId6tvu8SCHRlc3R1c2VyGgtleGFtcGxlLmNvbSABKAEwAhABGAEgACjcgKuP%2BP%2F%2F%2F%2F8B";

const urlOf = (bytes: readonly number[]): string =>
  `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(bytes).toString("base64"))}`;

test("reads what an app writes", () => {
  assert.deepEqual(readMigrationUrl(`otpauth-migration://offline?data=${written}`), [{ ...account, ...usual }]);
});

test("reads a URL whose plus was not escaped, and one with capitals and a slash", () => {
  const plain = decodeURIComponent(written);

  assert.equal(readMigrationUrl(`otpauth-migration://offline?data=${plain}`)?.length, 1);
  assert.equal(readMigrationUrl(`OTPAUTH-MIGRATION://offline/?data=${plain}`)?.length, 1);
});

test("reads what it makes, whatever the names are", () => {
  const accounts = [
    { ...account, ...usual },
    { secret: Buffer.alloc(300, 0xa5), name: "Ä:ö@ü %+&", issuer: "", algorithm: 3, digits: 2, type: 2 },
  ];

  assert.deepEqual(readMigrationUrl(makeMigrationUrl(accounts, { size: 2, index: 1, id: 2 ** 31 - 1 })), accounts);
});

test("makes a URL as apps do", () => {
  const batch = { size: 1, index: 0, id: 5 };

  assert.equal(
    makeMigrationUrl([{ ...account, ...usual }], batch),
    "otpauth-migration://offline?data=CikKCkhlbGxvId6tvu8SCHRlc3R1c2VyGgtleGFtcGxlLmNvbSABKAEwAhABGAEgACgF",
  );
});

test("passes over fields that it does not know, of each type", () => {
  // Fields 8, 9, 10 and 11 of an account with the secret "A", among them the counter of 2^64 - 1 as field 7.
  const counter = [0x38, ...Array.from({ length: 9 }, () => 0xff), 0x01];
  const unknown = [0x42, 1, 0x41, 0x48, 1, 0x51, ...Array.from({ length: 8 }, () => 0), 0x5d, 0, 0, 0, 0];
  const inner = [0x0a, 1, 0x41, ...counter, ...unknown];

  assert.deepEqual(readMigrationUrl(urlOf([0x0a, inner.length, ...inner])), [
    { secret: Buffer.from("A"), name: "", issuer: "", algorithm: 0, digits: 0, type: 0 },
  ]);
});

for (const [what, url] of [
  ["another scheme", "otpauth://totp/a?secret=AAAA"],
  ["no data", "otpauth-migration://offline?"],
  ["no URL", "otpauth-migration://offline?data=%zz"],
  ["a message that ends too early", urlOf([0x0a, 5, 1])],
  ["a number that never ends", urlOf(Array.from({ length: 12 }, () => 0xff))],
  ["an account that is a number", urlOf([0x08, 1])],
  ["a text that is a number", urlOf([0x0a, 2, 0x10, 1])],
  ["a number that is a text", urlOf([0x0a, 3, 0x22, 1, 0x41])],
  ["a field of no type", urlOf([0x0b])],
] as const)
  test(`gives nothing for ${what}`, () => {
    assert.equal(readMigrationUrl(url), undefined);
  });

test("reads or refuses any bytes, and never fails otherwise", () => {
  const whole = Buffer.from(decodeURIComponent(written), "base64");
  for (let round = 0; round < 5_000; round += 1) {
    const bytes = round % 2 === 0 ? randomBytes(randomInt(60)) : Buffer.from(whole);
    if (bytes.length > 0) bytes.writeUInt8(randomInt(256), randomInt(bytes.length));

    assert.doesNotThrow(() => readMigrationUrl(urlOf([...bytes])), bytes.toString("hex"));
  }
});
