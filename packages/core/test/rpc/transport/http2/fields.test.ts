import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  decodeDetails,
  encodeDetails,
  fieldsOf,
  formatTimeout,
  metadataOf,
  parseTimeout,
} from "../../../../src/rpc/transport/http2/fields.ts";

describe("gRPC's header fields", () => {
  test("carry any text in printable ASCII", () => {
    for (const text of ["", "plain text~", "100 %", "nicht möglich", "zeile\n\r\t\0", "🔑 %41", "%", "%zz"]) {
      const encoded = encodeDetails(text);
      assert.match(encoded, /^[ -~]*$/);
      assert.equal(decodeDetails(encoded), text);
    }
    assert.equal(encodeDetails("50 % ü"), "50 %25 %C3%BC");
    assert.equal(decodeDetails("a % that stands for itself: %4"), "a % that stands for itself: %4");
  });

  test("say how long a call may take", () => {
    const times: readonly (readonly [string, number | undefined])[] = [
      ["5S", 5000],
      ["90000m", 90_000],
      ["2H", 7_200_000],
      ["3M", 180_000],
      ["1500u", 1.5],
      ["99999999n", 99.999_999],
      ["123456789m", undefined],
      ["m", undefined],
      ["5", undefined],
      ["-1m", undefined],
      ["5s", undefined],
    ];
    for (const [text, milliseconds] of times) assert.equal(parseTimeout(text), milliseconds, text);
    assert.deepEqual([0, 0.2, 5000, 99_999_999, 100_000_000, 1e15].map(formatTimeout), [
      "0m",
      "1m",
      "5000m",
      "99999999m",
      "100000S",
      "99999999S",
    ]);
  });

  test("have no place for metadata that peers would end the call for", () => {
    for (const value of ["ü", "€", "one\r\ntwo", "\0"]) {
      assert.throws(() => fieldsOf(new Map([["name", ["fine", value]]])), {
        name: "RpcError",
        status: "internal",
        message: 'the metadata "name" is not printable ASCII',
      });
    }
    for (const name of ["", "Name", "ä", "a b", ":path"]) {
      assert.throws(() => fieldsOf(new Map([[name, ["value"]]])), {
        name: "RpcError",
        message: `metadata cannot have the name "${name}"`,
      });
    }
  });

  test("carry metadata beside what belongs to the protocol", () => {
    const metadata = new Map([
      ["multiplex_id", ["one"]],
      ["twice", ["a", "b"]],
    ]);
    const own = [
      [":path", "/s/m"],
      ["te", "trailers"],
      ["user-agent", "test"],
      ["trace-bin", "AAA="],
    ] as const;
    assert.deepEqual(metadataOf([...own, ...fieldsOf(metadata)]), metadata);
  });
});
