import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MessageReader, prefixOf } from "../../../../src/rpc/transport/http2/message-reader.ts";

const framed = (...messages: readonly string[]) =>
  Buffer.concat(messages.flatMap((message) => [prefixOf(Buffer.from(message)), Buffer.from(message)]));

describe("the messages in the body of a call", () => {
  test("are found however the body is cut", () => {
    const body = framed("one", "", "three".repeat(100), "four");
    for (let size = 1; size <= body.length; size += 1) {
      const reader = new MessageReader();
      const found: string[] = [];
      for (let at = 0; at < body.length; at += size) {
        reader.push(body.subarray(at, at + size), (message) => found.push(Buffer.from(message).toString()));
      }
      assert.deepEqual(found, ["one", "", "three".repeat(100), "four"], `pieces of ${size} bytes`);
      assert.equal(reader.isWithin, false);
    }
  });

  test("that are not complete are known to be so", () => {
    const reader = new MessageReader();
    reader.push(framed("whole").subarray(0, 7), () => assert.fail("is not complete"));
    assert.equal(reader.isWithin, true);
  });

  test("are refused when they are compressed or too long, before they come", () => {
    const compressed = Buffer.from([1, 0, 0, 0, 0]);
    assert.throws(() => new MessageReader().push(compressed, () => {}), { status: "unimplemented" });
    const long = Buffer.from([0, 0x80, 0, 0, 0]);
    assert.throws(() => new MessageReader().push(long, () => {}), {
      status: "resource-exhausted",
      message: "a message of 2147483648 bytes, at most 2147483647 are taken",
    });
  });
});
