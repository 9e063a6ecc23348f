import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { HeaderField } from "../../../src/http2/hpack/decoder.ts";
import { createHeaderEncoder } from "../../../src/http2/hpack/encoder.ts";
import { decoder, hex } from "./fixture.ts";

/** Encodes blocks of one connection, and gives them as hexadecimal digits. */
function encoded(...blocks: readonly (readonly HeaderField[])[]) {
  const { encode } = createHeaderEncoder();
  return blocks.map((block) => Buffer.from(encode(block)).toString("hex"));
}

const request = [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", "/pb.Backend/HandleRequest"],
  ["te", "trailers"],
] as const;

describe("an encoder of header blocks", () => {
  test("writes the example of RFC 7541, C.4", () => {
    const first = [
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "www.example.com"],
    ] as const;

    const blocks = encoded(
      first,
      [...first, ["cache-control", "no-cache"]],
      [
        [":method", "GET"],
        [":scheme", "https"],
        [":path", "/index.html"],
        [":authority", "www.example.com"],
        ["custom-key", "custom-value"],
      ],
    );

    assert.deepEqual(blocks, [
      "828684418cf1e3c2e5f23a6ba0ab90f4ff",
      "828684be5886a8eb10649cbf",
      "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ]);
  });

  test("writes a byte for each field that it has sent before", () => {
    const [, again] = encoded(request, request);

    assert.equal(again, "8386bfbe");
  });

  test("writes Huffman codes only where they are shorter", () => {
    assert.deepEqual(
      encoded([["grpc-message", "\u0000\u0001"]]).map((block) => block.slice(-6)),
      ["020001"],
    );
  });

  test("writes every byte that there is", () => {
    const all = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
    const fields = [
      ["grpc-message", all.repeat(3)],
      ["x", `${"a".repeat(2000)}${all}`],
    ] as const;

    assert.deepEqual(decoder().decode(createHeaderEncoder().encode(fields)), fields);
  });

  test("keeps fields out of the table whose values vary", () => {
    const varying = [
      ["grpc-timeout", "1S"],
      ["grpc-message", "no"],
      ["grpc-status-details-bin", "AA"],
      ["content-length", "5"],
    ] as const;

    const [first, second] = encoded(varying, varying);

    assert.equal(first, second);
    assert.deepEqual(hex(first ?? "").subarray(0, 1), hex("00"));
  });

  test("marks secrets as never to be kept", () => {
    const [first, second] = encoded([["authorization", "x"]], [["cookie", "x"]]);

    assert.equal(first, "1f080178");
    assert.equal(second, "1f110178");
  });

  test("keeps large fields out of the table", () => {
    const large = [["x", "v".repeat(1000)]] as const;

    const [first, second] = encoded(large, large);

    assert.equal(first, second);
  });

  test("gives the same block for a frozen array while the table is the same", () => {
    const { encode } = createHeaderEncoder();
    const { decode } = decoder();
    const fields = Object.freeze([...request]);
    decode(encode(fields));

    const second = encode(fields);
    assert.equal(encode(fields), second);
    assert.deepEqual(decode(second), fields);

    decode(encode([["other", "field"]]));
    assert.deepEqual(decode(encode(fields)), fields);
  });

  test("gives the block of what an array has now", () => {
    const { encode } = createHeaderEncoder();
    const fields: HeaderField[] = [[":method", "GET"]];
    encode(fields);
    fields.push([":scheme", "http"]);

    assert.deepEqual(Buffer.from(encode(fields)), hex("8286"));
  });
});

describe("the table of an encoder", () => {
  test("becomes as small as the peer wants, which the next block says", () => {
    const { encode, setMaxTableSize } = createHeaderEncoder();
    const { decode } = decoder({ maxTableSize: 100 });
    encode([]);

    setMaxTableSize(100);

    assert.deepEqual(Buffer.from(encode([])), hex("3f45"));
    for (let round = 0; round < 10; round += 1) {
      const fields = [
        ["n", `${round}`],
        ["n", "always"],
      ] as const;
      assert.deepEqual(decode(encode(fields)), fields);
    }
  });

  test("says the smallest and the last size when there were several", () => {
    const { encode, setMaxTableSize } = createHeaderEncoder();

    for (const size of [2000, 0, 3000]) setMaxTableSize(size);

    assert.deepEqual(Buffer.from(encode([["a", "b"]])), hex("20 3f9917 40 0161 0162"));
    assert.deepEqual(Buffer.from(encode([["a", "b"]])), hex("be"));
  });

  test("forgets all when the peer wanted none in between", () => {
    const { encode, setMaxTableSize } = createHeaderEncoder();
    const { decode } = decoder();
    decode(encode(request));

    setMaxTableSize(0);
    setMaxTableSize(4096);

    assert.deepEqual(decode(encode(request)), request);
  });

  test("has no more than its own limit, whatever the peer allows", () => {
    const { encode, setMaxTableSize } = createHeaderEncoder();

    setMaxTableSize(2 ** 32 - 1);

    assert.deepEqual(Buffer.from(encode([[":method", "GET"]])), hex("82"));
  });

  test("is said to be smaller from the first block on when its limit is", () => {
    const { encode } = createHeaderEncoder({ maxTableSize: 64 });

    assert.deepEqual(Buffer.from(encode([[":method", "GET"]])), hex("3f21 82"));
  });

  test("keeps nothing when it has no room", () => {
    const { encode, setMaxTableSize } = createHeaderEncoder();
    setMaxTableSize(0);
    encode([["a", "b"]]);

    assert.deepEqual(Buffer.from(encode([["a", "b"]])), hex("00 0161 0162"));
  });
});

describe("an encoder refuses", () => {
  test("characters that are no bytes, and is right afterwards", () => {
    const { encode } = createHeaderEncoder();
    const { decode } = decoder();
    decode(encode([["a", "b"]]));
    const fields = [
      ["new", "field"],
      ["a", "b"],
    ] as const;

    assert.throws(
      () =>
        encode([
          ["new", "field"],
          ["bad", "€"],
        ]),
      {
        name: "HpackError",
        message: "a header field has a character that is no byte",
      },
    );

    assert.deepEqual(decode(encode(fields)), fields);
    assert.deepEqual(decode(encode(fields)), fields);
  });
});
