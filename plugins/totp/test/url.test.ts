import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUrl } from "../src/url.ts";

test("gives path and query with their escapes resolved", () => {
  const url = parseUrl("otpauth://user@host:80/a%20b+c?q=x+y%2B&e=%C3%A4#fragment");

  assert.equal(url?.path, "/a b+c");
  assert.deepEqual(
    [...(url?.query ?? [])],
    [
      ["q", "x y+"],
      ["e", "ä"],
    ],
  );
});

test("of members with the same name the first counts, and broken ones are dropped", () => {
  const url = parseUrl("x?a=1&a=2&b=%zz&c=1;d=2&=5&e");

  assert.deepEqual(
    [...(url?.query ?? [])],
    [
      ["a", "1"],
      ["", "5"],
      ["e", ""],
    ],
  );
});

test("an opaque URL has no path", () => {
  assert.equal(parseUrl("otpauth:totp/foo?secret=S")?.path, "");
  assert.equal(parseUrl("otpauth:%zz")?.path, "");
  assert.equal(parseUrl("otpauth:/totp/foo")?.path, "/totp/foo");
  assert.equal(parseUrl("notaurl")?.path, "notaurl");
});

for (const text of [
  ":",
  ":x",
  "1a:b",
  "a_b:c",
  "otpauth://totp/%zz",
  "otpauth://to tp/x",
  "otpauth://totp:x/",
  "a\nb",
  "#%z",
])
  test(`${JSON.stringify(text)} is no URL`, () => {
    assert.equal(parseUrl(text), undefined);
  });
