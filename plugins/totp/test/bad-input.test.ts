import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { totp } from "../src/totp.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const generate = { generate: true, issuer: "Vault", account_name: "Test" };
const noPeriod = "an error occurred while parsing period value in url";

// What Go's plugin crashes on, or takes for something else, and the limits that it lacks.
const refusals: readonly (readonly [string, object, string | RegExp])[] = [
  ["key_size of 2^53", { ...generate, key_size: 2 ** 53 }, "the key_size value must not be greater than 1024"],
  ["key_size just too large", { ...generate, key_size: 1025 }, "the key_size value must not be greater than 1024"],
  ["qr_size of 2^53", { ...generate, qr_size: 2 ** 53 }, "the qr_size value must not be greater than 4096"],
  ["a secret of 1025 bytes", { key: "A".repeat(1640) }, "a secret must not be longer than 1024 bytes"],
  ["a secret of a megabyte", { key: "A".repeat(2 ** 20) }, "a secret must not be longer than 1024 bytes"],
  ["an empty secret", { key: "" }, "the key value is required"],
  ["a secret of blanks", { key: "        " }, "invalid key value: illegal base32 data at input byte 0"],
  ["a secret of padding", { key: "========" }, "invalid key value: illegal base32 data at input byte 0"],
  ["base64", { key: "aGVsbG8=" }, "invalid key value: illegal base32 data at input byte 6"],
  ["letters that grow in upper case", { key: "ßßßßßßßß" }, "invalid key value: illegal base32 data at input byte 0"],
  ["a URL without parts", { url: ":" }, "an error occurred while parsing url string"],
  ["a URL of nothing but its scheme", { url: "otpauth://" }, "the key value is required"],
  ["a URL without a secret", { url: "otpauth://totp/a" }, "the key value is required"],
  [
    "a URL with two secrets, the first empty",
    { url: `otpauth://totp/a?secret=&secret=${key}` },
    "the key value is required",
  ],
  ["a URL with a line feed", { url: `otpauth://totp/a\n?secret=${key}` }, "an error occurred while parsing url string"],
  ["a URL with a fractional period", { url: `otpauth://totp/a?secret=${key}&period=1.5` }, noPeriod],
  ["a URL with a huge period", { url: `otpauth://totp/a?secret=${key}&period=99999999999999999999` }, noPeriod],
  [
    "a URL with period zero",
    { url: `otpauth://totp/a?secret=${key}&period=0` },
    "the period value must be greater than zero",
  ],
  ["a URL with MD5", { url: `otpauth://totp/a?secret=${key}&algorithm=MD5` }, "the algorithm value is not valid"],
  ["an unknown picture", { ...generate, qr_format: "gif" }, /^Field validation failed: .*"qr_format"/u],
];

for (const [what, wish, message] of refusals)
  test(`refuses ${what} and stores nothing`, async () => {
    const mount = await harness(totp);

    await assert.rejects(mount.write("keys/k", { ...wish }), { kind: "user", message });

    assert.deepEqual(mount.storage.keys(), []);
  });
