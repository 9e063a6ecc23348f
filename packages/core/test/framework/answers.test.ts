import assert from "node:assert/strict";
import { test } from "node:test";
import { list, rawResponse } from "../../src/index.ts";

test("a list has its keys", () => {
  assert.deepEqual(list(["a", "b"]), { data: { keys: ["a", "b"] } });
});

test("an empty list has no keys", () => {
  assert.deepEqual(list([], { a: 1 }), { data: {} });
});

test("a list tells more of the keys that it has", () => {
  assert.deepEqual(list(["a", "toString"], { a: 1, b: 2 }), { data: { keys: ["a", "toString"], key_info: { a: 1 } } });
  assert.deepEqual(list(["a"], { b: 2 }), { data: { keys: ["a"] } });
});

test("a raw answer is sent as base64, since hosts decode any text that could be it", () => {
  assert.deepEqual(rawResponse({ status: 404, contentType: "application/json", body: "test" }), {
    data: { http_status_code: 404, http_content_type: "application/json", http_raw_body: "dGVzdA==" },
  });
});

test("a raw answer may be bytes, or nothing", () => {
  assert.deepEqual(
    rawResponse({ status: 200, contentType: "x/y", body: Uint8Array.of(255), cacheControl: "max-age=1" }),
    {
      data: {
        ...{ http_status_code: 200, http_content_type: "x/y", http_raw_body: "/w==" },
        http_raw_cache_control: "max-age=1",
      },
    },
  );
  assert.deepEqual(rawResponse({ status: 204 }), { data: { http_status_code: 204 } });
});
