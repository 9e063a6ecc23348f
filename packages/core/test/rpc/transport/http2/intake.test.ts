import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createIntake } from "../../../../src/rpc/transport/http2/intake.ts";

function openIntake() {
  const given: number[] = [];
  const { messages, count } = createIntake((bytes) => given.push(bytes));
  return { given, messages, count, reader: messages[Symbol.asyncIterator]() };
}

describe("what arrives on a stream", () => {
  test("is given back while its reader waits for the rest of a message", () => {
    const { given, count, reader } = openIntake();
    reader.next();

    count(16_384, true);

    assert.deepEqual(given, [0, 16_384]);
  });

  test("is kept while nobody reads, also when another message has begun behind", () => {
    const { given, count, messages } = openIntake();

    messages.push(Buffer.alloc(10_000));
    count(16_384, true);

    assert.deepEqual(given, []);
  });

  test("is given back once everything was read", async () => {
    const { given, count, messages, reader } = openIntake();
    messages.push(Buffer.alloc(10_000));
    count(16_384, true);

    await reader.next();
    assert.deepEqual(given, []);
    reader.next();

    assert.deepEqual(given, [16_384]);
  });
});
