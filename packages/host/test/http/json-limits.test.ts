import assert from "node:assert/strict";
import { test } from "node:test";
import { checkJsonLimits } from "../../src/http/json-limits.ts";
import { Failure } from "../../src/requests/failure.ts";

function problemOf(body: string): string | undefined {
  try {
    checkJsonLimits(Buffer.from(body));
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    assert.equal(error.status, 500);
    return error.errors[0];
  }
}

test("lets documents pass that keep to the limits", () => {
  for (const body of [
    "{}",
    ' \n{"a": [1, -2.5e3, true, null, "x\\"y", {}], "b": {"a": []}} \r\n',
    "[]",
    `{"long":"${"x".repeat(1024 * 1024)}"}`,
    `${"[".repeat(300)}${"]".repeat(300)}`,
    "",
    "  ",
    "nonsense",
    '"text"',
  ])
    assert.equal(problemOf(body), undefined);
});

test("says what is wrong with a document as Vault does", () => {
  assert.deepEqual(
    [
      "{",
      '{"a":}',
      '{"a":1}{"b":2}',
      '{"a":1} trailing',
      '{"a":1,"a":2}',
      '{"a":1,}',
      "[1,]",
      '{"a":1]',
      "{a:1}",
      '{"a',
      '\ufeff{"a":1,"a":1}',
    ].map(problemOf),
    [
      "malformed JSON, unclosed containers",
      "invalid character '}' after object key",
      "invalid character '{' after top-level value",
      "invalid character 't' after top-level value",
      "duplicate key 'a' in object",
      "invalid character '}' after object key-value pair",
      "invalid character ']' after array element",
      "malformed JSON: mismatched closing delimiter ']'",
      "invalid character 'a' looking for beginning of value",
      "malformed JSON, unclosed string",
      "duplicate key 'a' in object",
    ],
  );
});

test("refuses documents beyond the limits", () => {
  const many = (count: number, one: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => one(index)).join(",");

  assert.equal(problemOf("[".repeat(301)), "JSON input exceeds allowed nesting depth");
  assert.equal(problemOf(`{"a":"${"x".repeat(1024 * 1024 + 1)}"}`), "JSON string value exceeds allowed length");
  assert.equal(problemOf(`[${many(10_001, () => "1")}]`), "JSON array exceeds allowed element count");
  assert.equal(problemOf(`{${many(10_001, (index) => `"${index}":1`)}}`), "JSON object exceeds allowed entry count");
  const row = `[${many(10_000, () => "1")}]`;
  assert.equal(problemOf(`[${many(26, () => row)}]`), "JSON payload exceeds allowed token count");
});
