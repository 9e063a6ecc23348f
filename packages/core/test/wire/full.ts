import assert from "node:assert/strict";

/** The part of a generated message that tests need. */
export interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Codecs of which a test has built a message with all fields. */
export const covered = new Set<unknown>();

/**
 * Gives a message back after checking that it sets every field of its type to something else than zero.
 *
 * A message decoded from no bytes has all fields, so one that was added to the .proto file and not to the test fails here.
 */
export function full<T extends object>(codec: Codec<T>, message: T): T {
  const zero = codec.decode(new Uint8Array());
  assert.deepEqual(Object.keys(message).sort(), Object.keys(zero).sort(), "a field is not in the test");
  for (const [key, value] of Object.entries(message)) {
    assert.notDeepEqual(value, Reflect.get(zero, key), `field ${key} is zero`);
  }
  covered.add(codec);
  return message;
}

/** Sends a message through its bytes. */
export function throughBytes<T>(codec: Codec<T>, message: T): T {
  // A copy keeps the reader from giving views that are buffers.
  return codec.decode(Uint8Array.from(codec.encode(message).finish()));
}

/** Asserts that reading a message and giving it again changes nothing. */
export function assertRoundTrip<T, N>(
  { codec, fromWire, toWire }: { codec: Codec<T>; fromWire(message: T): N; toWire(noun: N): T },
  message: T,
): void {
  const received = throughBytes(codec, message);
  assert.deepEqual(received, message);
  assert.deepEqual(throughBytes(codec, toWire(fromWire(received))), message);
}
