import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data } from "../../src/logical/json.ts";
import { authToWire } from "../../src/wire/auth.ts";
import { dataFromWire, dataToWire } from "../../src/wire/data.ts";
import { requestFromWire, requestToWire } from "../../src/wire/request.ts";
import { responseToWire } from "../../src/wire/response.ts";
import { secretToWire } from "../../src/wire/secret.ts";

test("no data is null and never an empty string [W89, W90]", () => {
  assert.equal(dataToWire(undefined), "null");
  assert.equal(responseToWire({}).data, "null");
  assert.equal(secretToWire({}).internalData, "null");
  assert.equal(authToWire({}).internalData, "null");
});

test("null is no data, and an empty object is data [W88]", () => {
  assert.equal(dataFromWire("null"), undefined);
  assert.deepEqual(dataFromWire("{}"), {});
  const request = requestToWire({ id: "1", operation: "read", path: "a" });
  assert.equal("data" in requestFromWire({ ...request, data: "null" }), false);
  assert.deepEqual(requestFromWire({ ...request, data: "{}" }).data, {});
});

test("integers beyond 2^53 are exact both ways [W91]", () => {
  const text = '{"n":12345678901234567890}';

  assert.deepEqual(dataFromWire(text), { n: 12_345_678_901_234_567_890n });
  assert.equal(dataToWire(dataFromWire(text)), text);
  const request = requestToWire({ id: "1", operation: "update", path: "a" });
  assert.deepEqual(requestFromWire({ ...request, data: text }).data, { n: 12_345_678_901_234_567_890n });
});

test("keeps a key that is named like the prototype", () => {
  assert.equal(dataToWire(dataFromWire('{"__proto__":{"a":1}}')), '{"__proto__":{"a":1}}');
});

test("refuses bad text without quoting it", () => {
  const isSilent = (error: Error) => error.message === "data is not JSON" && error.cause === undefined;

  assert.throws(() => dataFromWire('{"password":"hunter2"'), isSilent);
  assert.throws(() => dataFromWire(""), isSilent);
});

test("refuses what is no object", () => {
  assert.throws(() => dataFromWire("[1]"), { message: "data is not a JSON object" });
  assert.throws(() => dataFromWire("1"), { message: "data is not a JSON object" });
});

test("refuses to give what is no object", () => {
  // Callers without types get here.
  const given: readonly unknown[] = [[1], "text", new Date(0), () => 1];

  for (const data of given) assert.throws(() => dataToWire(data as Data), TypeError);
});

test("takes an integer that would take seconds to read for the caller's mistake", () => {
  assert.throws(() => dataFromWire(`{"n":${"9".repeat(1001)}}`), {
    kind: "user",
    message: "an integer has too many digits",
  });
});
