import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as der from "../../src/rpc/der.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("DER", () => {
  test("writes lengths in one, two and three bytes", () => {
    assert.equal(hex(der.octetString(new Uint8Array(127))).slice(0, 4), "047f");
    assert.equal(hex(der.octetString(new Uint8Array(128))).slice(0, 6), "048180");
    assert.equal(hex(der.octetString(new Uint8Array(256))).slice(0, 8), "04820100");
  });

  test("writes integers that are not negative in as few bytes as they need", () => {
    assert.equal(hex(der.integer(Uint8Array.of(0))), "020100");
    assert.equal(hex(der.integer(Uint8Array.of(0, 0, 0x7f))), "02017f");
    assert.equal(hex(der.integer(Uint8Array.of(0x80))), "02020080");
  });

  test("writes object identifiers", () => {
    assert.equal(hex(der.objectIdentifier("1.2.840.10045.4.3.4")), "06082a8648ce3d040304");
    assert.equal(hex(der.objectIdentifier("2.5.29.15")), "0603551d0f");
  });

  test("writes times with two digits of the year before 2050 and four afterwards", () => {
    assert.equal(der.time(new Date("2049-12-31T23:59:59.9Z")).subarray(2).toString(), "491231235959Z");
    assert.equal(der.time(new Date("2050-01-01T00:00:00Z")).subarray(2).toString(), "20500101000000Z");
  });
});
