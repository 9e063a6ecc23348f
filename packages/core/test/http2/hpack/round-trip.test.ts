import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { HeaderField } from "../../../src/http2/hpack/decoder.ts";
import { createHeaderEncoder } from "../../../src/http2/hpack/encoder.ts";
import { HpackError } from "../../../src/http2/hpack/hpack-error.ts";
import { bytesOf, decoder } from "./fixture.ts";

const names = [":path", ":status", "content-type", "cookie", "grpc-timeout", "x-a", "x-b", "x-long-name-of-a-field"];

/** A list of fields of which some come again in later rounds. */
function fieldsOf(seed: string): HeaderField[] {
  const random = bytesOf(seed, 40);
  const fields: HeaderField[] = [];
  for (let at = 0; at < (random[39] ?? 0) % 12; at += 1) {
    const [kind = 0, choice = 0, length = 0] = random.subarray(3 * at, 3 * at + 3);
    const name = names[kind % names.length] ?? "";
    const value = choice < 128 ? `${choice % 16}` : bytesOf(`${seed} ${at}`, length * (choice % 5)).toString("latin1");
    fields.push([name, value]);
  }
  return fields;
}

describe("an encoder and a decoder", { timeout: 60_000 }, () => {
  for (const size of [0, 64, 200, 4096, 65536]) {
    test(`understand each other with a table of ${size} bytes`, () => {
      const encoder = createHeaderEncoder({ maxTableSize: 65536 });
      const { decode } = decoder({ maxTableSize: 65536, maxListSize: 1 << 20 });
      encoder.setMaxTableSize(size);

      for (let round = 0; round < 1000; round += 1) {
        const fields = fieldsOf(`${size} ${round}`);
        assert.deepEqual(decode(encoder.encode(fields)), fields, `round ${round}`);
      }
    });
  }

  test("understand each other while the table's size changes", () => {
    const encoder = createHeaderEncoder({ maxTableSize: 65536 });
    const { decode } = decoder({ maxTableSize: 65536 });

    for (let round = 0; round < 1000; round += 1) {
      const [first = 0, second = 0, count = 0] = bytesOf(`sizes ${round}`, 3);
      if (count % 3 > 0) encoder.setMaxTableSize(first * 256);
      if (count % 3 > 1) encoder.setMaxTableSize(second);
      const fields = fieldsOf(`changes ${round}`);
      assert.deepEqual(decode(encoder.encode(fields)), fields, `round ${round}`);
    }
  });
});

/** Whether a block can be decoded; anything but `HpackError` is a failure. */
function isDecoded(decode: (block: Uint8Array) => unknown, block: Uint8Array): boolean {
  try {
    decode(block);
    return true;
  } catch (error) {
    assert.ok(error instanceof HpackError, `${error}`);
    return false;
  }
}

describe("a decoder that is sent nonsense", { timeout: 60_000 }, () => {
  test("decodes it or says that it cannot", () => {
    let decodedBlocks = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const { decode } = decoder({ maxListSize: 4096 });
      if (isDecoded(decode, bytesOf(`nonsense ${round}`, 1 + (round % 60)))) decodedBlocks += 1;
    }

    assert.ok(decodedBlocks > 100, `${decodedBlocks}`);
  });

  test("decodes good blocks with a wrong byte, or says that it cannot", () => {
    for (let round = 0; round < 5000; round += 1) {
      const block = Buffer.from(createHeaderEncoder().encode(fieldsOf(`mutated ${round}`)));
      const [at = 0, byte = 0] = bytesOf(`mutation ${round}`, 2);
      if (block.length > 0) block[at % block.length] = byte;
      isDecoded(decoder().decode, block);
    }
  });

  test("decodes no part of a good block's last field", () => {
    const block = createHeaderEncoder().encode([["some-name", "some value"]]);

    for (let length = 1; length < block.length; length += 1) {
      assert.equal(isDecoded(decoder().decode, block.subarray(0, length)), false, `cut at ${length}`);
    }
  });
});
