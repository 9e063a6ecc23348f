import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatHandshake, parseHandshake } from "../../src/rpc/handshake.ts";

const address = { network: "unix", address: "/tmp/plugin1" } as const;
const plain = { version: 5, address, certificate: undefined, multiplexing: undefined };

describe("the handshake line", () => {
  test("has six members, the last one empty without a certificate", () => {
    assert.equal(formatHandshake(plain), "1|5|unix|/tmp/plugin1|grpc|\n");
  });

  test("has a seventh member only when it is called for", () => {
    assert.equal(formatHandshake({ ...plain, multiplexing: true }), "1|5|unix|/tmp/plugin1|grpc||true\n");
  });

  test("carries the certificate in base64 without padding", () => {
    assert.equal(
      formatHandshake({ ...plain, certificate: Uint8Array.of(255, 255) }),
      "1|5|unix|/tmp/plugin1|grpc|//8\n",
    );
  });

  test("is read as it was written", () => {
    const handshake = { version: 4, address, certificate: Buffer.alloc(100, 7), multiplexing: true };

    assert.deepEqual(parseHandshake(formatHandshake(handshake), [4, 3]), handshake);
  });

  test("is read around white space", () => {
    assert.deepEqual(parseHandshake("  1|5|tcp|127.0.0.1:10000|grpc \r\n", [5]), {
      ...plain,
      address: { network: "tcp", address: "127.0.0.1:10000" },
    });
  });

  test("is read without a certificate when that is too short for one", () => {
    assert.equal(parseHandshake("1|5|unix|/tmp/p|grpc|short", [5]).certificate, undefined);
  });

  for (const [line, code] of [
    ["hello", "handshake-unrecognized"],
    ["1|5|unix", "handshake-unrecognized"],
    ["2|5|unix|/tmp/p|grpc|", "handshake-core-version"],
    ["x|5|unix|/tmp/p|grpc|", "handshake-core-version"],
    ["1|3|unix|/tmp/p|grpc|", "handshake-version"],
    ["1|five|unix|/tmp/p|grpc|", "handshake-version"],
    ["1|5|pipe|/tmp/p|grpc|", "handshake-network"],
    ["1|5|unix|/tmp/p", "handshake-protocol"],
    ["1|5|unix|/tmp/p|netrpc|", "handshake-protocol"],
    [`1|5|unix|/tmp/p|grpc|${"A".repeat(66)}==`, "handshake-certificate"],
  ] as const) {
    test(`is refused as ${code}: ${line.slice(0, 30)}`, () => {
      assert.throws(() => parseHandshake(line, [5]), { name: "PluginError", code });
    });
  }
});
