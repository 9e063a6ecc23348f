import assert from "node:assert/strict";
import { test } from "node:test";
import { makeOtpauthUrl, readOtpauthUrl, type UrlParts } from "../src/otpauth-url.ts";

const key: UrlParts = {
  secret: "S",
  issuer: "Vault",
  accountName: "test@email.com",
  period: 30,
  algorithm: "SHA1",
  digits: 6,
};

const readings: readonly (readonly [string, object])[] = [
  [
    "otpauth://totp/Vault:test@email.com?secret=S&algorithm=SHA512&digits=6&period=60",
    { secret: "S", issuer: "Vault", accountName: "test@email.com", algorithm: "SHA512", digits: "6", period: "60" },
  ],
  [
    "otpauth://totp/test@email.com?secret=S&issuer=Vault",
    { secret: "S", issuer: "Vault", accountName: "test@email.com" },
  ],
  ["otpauth://totp/test@email.com?secret=S", { secret: "S", accountName: "test@email.com" }],
  ["otpauth://totp/Vault:?secret=S", { secret: "S", issuer: "Vault", accountName: "" }],
  ["otpauth://totp/:t?secret=S", { secret: "S", issuer: "", accountName: "t" }],
  ["otpauth://totp/?secret=S", { secret: "S", accountName: "" }],
  ["otpauth://totp/Vault%3Atest?secret=S", { secret: "S", issuer: "Vault", accountName: "test" }],
  ["otpauth://totp/a?secret=S&issuer=Q+R", { secret: "S", issuer: "Q R", accountName: "a" }],
  ["otpauth:totp/foo?secret=S", { secret: "S", accountName: "" }],
  ["otpauth://totp/a:b:c?secret=S&issuer=&digits=", { secret: "S", issuer: "a", accountName: "b:c" }],
  ["notaurl", { secret: "", accountName: "notaurl" }],
  ["x?secret=a%zz", { secret: "", accountName: "x" }],
];

for (const [url, wanted] of readings)
  test(`reads ${url}`, () => {
    assert.deepEqual(readOtpauthUrl(url), wanted);
  });

test("makes a URL with its members in the order of their names", () => {
  assert.equal(
    makeOtpauthUrl(key, "vault"),
    "otpauth://totp/Vault:test@email.com?algorithm=SHA1&digits=6&issuer=Vault&period=30&secret=S",
  );
});

test("writes a blank as Vault does [T87]", () => {
  const url = makeOtpauthUrl({ ...key, issuer: "My Co", accountName: "a b" }, "vault");

  assert.match(url, /^otpauth:\/\/totp\/My%20Co:a%20b\?.*&issuer=My\+Co&/);
});

test("writes a blank as OpenBao does [T88]", () => {
  const url = makeOtpauthUrl({ ...key, issuer: "My Co", accountName: "a b" }, "openbao");

  assert.match(url, /^otpauth:\/\/totp\/My%20Co:a%20b\?.*&issuer=My%20Co&/);
});

test("leaves out an issuer that there is not", () => {
  assert.equal(
    makeOtpauthUrl({ ...key, issuer: "" }, "vault"),
    "otpauth://totp/test@email.com?algorithm=SHA1&digits=6&period=30&secret=S",
  );
});

test("leaves in the label what is no danger there, and escapes the rest", () => {
  const url = makeOtpauthUrl({ ...key, issuer: "a@/&=+;,", accountName: "?%#é🔐\ud800" }, "vault");

  assert.match(url, /\/a@\/&=\+;,:%3F%25%23%C3%A9%F0%9F%94%90%EF%BF%BD\?/);
  assert.match(url, /&issuer=a%40%2F%26%3D%2B%3B%2C&/);
});

for (const host of ["vault", "openbao"] as const) {
  test(`an issuer cannot bring a secret of its own on ${host} [T89]`, () => {
    const url = makeOtpauthUrl({ ...key, issuer: "x&secret=AAAAAAAA" }, host);

    assert.match(url, /&issuer=x%26secret%3DAAAAAAAA&/);
    assert.equal(readOtpauthUrl(url)?.secret, "S");
  });

  test(`reads what it makes on ${host}`, () => {
    const names = { issuer: "Ä & Ö/?# %2B+", accountName: "100% :+" };

    const read = readOtpauthUrl(makeOtpauthUrl({ ...key, ...names }, host));

    assert.deepEqual(read, { ...key, ...names, period: "30", digits: "6" });
  });
}
