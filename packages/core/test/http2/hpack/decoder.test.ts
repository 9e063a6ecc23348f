import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHeaderEncoder } from "../../../src/http2/hpack/encoder.ts";
import { decoder, hex, lines } from "./fixture.ts";

/** Decodes blocks of one connection and gives the fields of each. */
function decoded(...blocks: readonly string[]) {
  const { decode } = decoder();
  return blocks.map((block) => lines(decode(hex(block))));
}

const fails = (block: string, message: RegExp | string) =>
  assert.throws(() => decoder().decode(hex(block)), { name: "HpackError", message });

const firstRequest = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];
const secondRequest = [...firstRequest, "cache-control: no-cache"];
const thirdRequest = [
  ":method: GET",
  ":scheme: https",
  ":path: /index.html",
  ":authority: www.example.com",
  "custom-key: custom-value",
];

const firstResponse = [
  ":status: 302",
  "cache-control: private",
  "date: Mon, 21 Oct 2013 20:13:21 GMT",
  "location: https://www.example.com",
];
const secondResponse = [":status: 307", ...firstResponse.slice(1)];
const thirdResponse = [
  ":status: 200",
  "cache-control: private",
  "date: Mon, 21 Oct 2013 20:13:22 GMT",
  "location: https://www.example.com",
  "content-encoding: gzip",
  "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
];

/** Tells a table of 256 bytes, for which the examples of responses are. */
const smallTable = "3fe101";

describe("the examples of RFC 7541", () => {
  test("C.2: single fields", () => {
    assert.deepEqual(decoded("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"), [
      ["custom-key: custom-header"],
    ]);
    assert.deepEqual(decoded("040c 2f73 616d 706c 652f 7061 7468"), [[":path: /sample/path"]]);
    assert.deepEqual(decoded("1008 7061 7373 776f 7264 0673 6563 7265 74"), [["password: secret"]]);
    assert.deepEqual(decoded("82"), [[":method: GET"]]);
  });

  test("C.3: requests without Huffman coding", () => {
    const requests = decoded(
      "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
      "8286 84be 5808 6e6f 2d63 6163 6865",
      "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
    );

    assert.deepEqual(requests, [firstRequest, secondRequest, thirdRequest]);
  });

  test("C.4: requests with Huffman coding", () => {
    const requests = decoded(
      "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
      "8286 84be 5886 a8eb 1064 9cbf",
      "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
    );

    assert.deepEqual(requests, [firstRequest, secondRequest, thirdRequest]);
  });

  test("C.5: responses without Huffman coding, from whose table fields are evicted", () => {
    const responses = decoded(
      `${smallTable}
        4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d
        546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`.replaceAll("\n", ""),
      "4803 3330 37c1 c0bf",
      `88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d
        4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076
        6572 7369 6f6e 3d31`.replaceAll("\n", ""),
    );

    assert.deepEqual(responses, [firstResponse, secondResponse, thirdResponse]);
  });

  test("C.6: responses with Huffman coding, from whose table fields are evicted", () => {
    const responses = decoded(
      `${smallTable}
        4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7
        8f0b 97c8 e9ae 82ae 43d3`.replaceAll("\n", ""),
      "4883 640e ffc1 c0bf",
      `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf
        cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`.replaceAll("\n", ""),
    );

    assert.deepEqual(responses, [firstResponse, secondResponse, thirdResponse]);
  });

  test("C.1.2: an integer of several bytes", () => {
    const value = "a".repeat(1337);
    const block = Buffer.concat([hex("0001 61 7f ba09"), Buffer.from(value)]);

    assert.deepEqual(decoder().decode(block), [["a", value]]);
  });
});

describe("a decoder of header blocks", () => {
  test("gives nothing for nothing", () => {
    assert.deepEqual(decoder().decode(hex("")), []);
  });

  test("reads blocks that are a part of a larger buffer, of either kind of array", () => {
    const bytes = hex("ffff 0001 61 01 62 ffff");

    assert.deepEqual(decoder().decode(bytes.subarray(2, 7)), [["a", "b"]]);
    assert.deepEqual(decoder().decode(new Uint8Array(bytes).subarray(2, 7)), [["a", "b"]]);
  });

  test("gives bytes above 127 as characters of the same number", () => {
    assert.deepEqual(decoder().decode(hex("0001 61 02 ff80")), [["a", "\u00ff\u0080"]]);
  });

  test("takes several size updates at a block's start", () => {
    assert.deepEqual(decoder().decode(hex("20 3fe11f 82")), [[":method", "GET"]]);
  });

  test("forgets its fields when the table becomes smaller", () => {
    const { decode } = decoder();
    assert.deepEqual(decode(hex("4001 61 01 62 be")), [
      ["a", "b"],
      ["a", "b"],
    ]);

    assert.throws(() => decode(hex("20 3fe11f be")), { message: "no header field has the index 62" });
  });

  test("forgets its fields at one that is larger than the table", () => {
    const { decode } = decoder();
    assert.deepEqual(decode(hex("3f01 4001 61 01 62")), [["a", "b"]]);
    assert.deepEqual(decode(hex("4001 61 01 63")), [["a", "c"]]);

    assert.throws(() => decode(hex("be")), { message: "no header field has the index 62" });
  });

  test("lets a field take the name of the one that it evicts", () => {
    const { decode } = decoder();

    assert.deepEqual(decode(hex("3f03 4001 61 01 62 7e 01 63 be")), [
      ["a", "b"],
      ["a", "c"],
      ["a", "c"],
    ]);
  });

  test("gives the same array for the same indices, until the table is another", () => {
    const { decode } = decoder();
    decode(hex("4001 61 01 62"));
    const first = decode(hex("82be"));

    assert.equal(decode(hex("82be")), first);
    decode(hex("4001 61 01 63"));
    assert.deepEqual(lines(decode(hex("82be"))), [":method: GET", "a: c"]);
    assert.deepEqual(lines(decode(hex("82bf"))), [":method: GET", "a: b"]);
    decode(hex("20"));
    assert.throws(() => decode(hex("82be")), { message: "no header field has the index 62" });
  });

  test("allows a table as large as was told", () => {
    const { decode } = decoder({ maxTableSize: 65536 });

    assert.deepEqual(decode(hex("3fe1ff03 82")), [[":method", "GET"]]);
    assert.throws(() => decode(hex("3fe2ff03 82")), { message: "header table of 65537 bytes, more than 65536" });
  });

  test("keeps a table of thousands of fields in order", () => {
    const { decode } = decoder({ maxTableSize: 1 << 20 });
    decode(hex("3fe1ff3f"));
    const { encode, setMaxTableSize } = createHeaderEncoder({ maxTableSize: 1 << 20 });
    setMaxTableSize(1 << 20);
    const fields = Array.from({ length: 3000 }, (_, at) => [`name-${at}`, `value ${at}`] as const);

    assert.deepEqual(decode(encode(fields)), fields);
    assert.deepEqual(decode(encode(fields.toReversed())), fields.toReversed());
  });
});

describe("a decoder refuses", () => {
  test("the index 0", () => fails("80", "no header field has the index 0"));

  test("an index behind both tables", () => fails("be", "no header field has the index 62"));

  test("the name of a field behind both tables", () => fails("7f00 01 61", "no header field has the index 63"));

  test("integers that are larger than a block can be", () => {
    fails("ffffffffffff", "integer too large in a header block");
    fails("ff8080808000", "integer too large in a header block");
    fails("3fffffffff0f", "integer too large in a header block");
    fails("00 7fffffffff7f", "integer too large in a header block");
  });

  test("blocks that end within a field", () => {
    for (const block of ["ff", "ff80", "40", "4001", "400161", "00", "0001", "00016101", "41", "3f", "0f"]) {
      fails(block, /^header block ends within a (field|string)$/);
    }
  });

  test("strings longer than the block", () => fails("00 7fffffff7f 61", "header block ends within a string"));

  test("a size update after a field", () => fails("82 20", "header table resized after a header field"));

  test("a table larger than was told", () => fails("3fe21f", "header table of 4097 bytes, more than 4096"));

  test("the end of a string within a string", () =>
    fails("0001 61 84 ffffffff", "invalid Huffman code in a header block"));

  test("padding of a byte or more", () => {
    fails("0001 61 82 1fff", "invalid Huffman code in a header block");
    fails("0001 61 81 ff", "invalid Huffman code in a header block");
  });

  test("padding of other bits than ones", () => {
    fails("0001 61 81 18", "invalid Huffman code in a header block");
    assert.deepEqual(decoder().decode(hex("0001 61 81 1f")), [["a", "a"]]);
  });
});

describe("the limit of a list", () => {
  test("counts 32 bytes for each field", () => {
    const fields = hex("0001 61 01 62 0001 61 01 62");

    assert.equal(decoder({ maxListSize: 67 }).decode(fields), "too-large");
    assert.deepEqual(lines(decoder({ maxListSize: 68 }).decode(fields)), ["a: b", "a: b"]);
  });

  test("is for what is sent, not how: an index counts like its field", () => {
    const { decode } = decoder({ maxListSize: 16384 });
    const large = Buffer.concat([hex("4001 61 7f8117"), Buffer.alloc(3072, "v")]);
    assert.equal(decode(large)[0]?.[1]?.length, 3072);

    assert.equal(decode(Buffer.alloc(1_000_000, 0xbe)), "too-large");
  });

  test("does not stop the table from being kept", () => {
    const { decode } = decoder({ maxListSize: 40 });

    assert.equal(decode(hex("4001 61 01 62 4001 63 01 64")), "too-large");
    assert.deepEqual(decode(hex("be")), [["c", "d"]]);
    assert.deepEqual(decode(hex("bf")), [["a", "b"]]);
  });
});
