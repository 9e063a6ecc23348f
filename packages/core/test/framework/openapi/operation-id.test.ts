import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operationId, titled } from "../../../src/framework/openapi/operation-id.ts";
import type { DisplayAttributes } from "../../../src/index.ts";

const verb = { operationVerb: "do-something" };
const mine = { operationPrefix: "my-prefix", operationSuffix: "my-suffix" };
const better = { operationPrefix: "better-prefix", operationSuffix: "better-suffix" };
const two = { operationPrefix: "better-prefix", operationSuffix: "suffix0|suffix1" };

type Row = readonly [
  operation: string,
  index: number,
  pathDisplay: DisplayAttributes,
  operationDisplay: DisplayAttributes,
  id: string,
];

const rows: readonly Row[] = [
  ["read", 0, {}, {}, "test-read-path-to-thing"],
  ["update", 0, {}, {}, "test-write-path-to-thing"],
  ["update", 0, verb, {}, "do-something"],
  ["update", 0, verb, { operationVerb: "do-something-else" }, "do-something-else"],
  ["update", 0, { operationPrefix: "my-prefix" }, {}, "my-prefix-write-path-to-thing"],
  ["update", 0, mine, {}, "my-prefix-write-my-suffix"],
  ["update", 0, { ...mine, operationVerb: "Create" }, better, "better-prefix-create-better-suffix"],
  ["update", 0, {}, { operationPrefix: "better-prefix", operationVerb: "Login" }, "better-prefix-login"],
  ["update", 0, {}, { operationVerb: "Login", operationSuffix: "better-suffix" }, "login-better-suffix"],
  ["update", 0, {}, two, "better-prefix-write-suffix0"],
  ["update", 1, {}, two, "better-prefix-write-suffix1"],
  ["update", 2, {}, two, "better-prefix-write-path-to-thing"],
  ["create", 0, {}, {}, "test-create-path-to-thing"],
  ["update", 1, verb, {}, "do-something-path-to-thing"],
];

describe("the name of an operation", () => {
  for (const [operation, index, pathDisplay, operationDisplay, id] of rows)
    test(`is ${id} [S140]`, () => {
      const naming = { path: "path/to/thing", index, pathDisplay, operation, operationDisplay, defaultPrefix: "test" };

      assert.equal(operationId(naming), id);
    });

  test("titles a schema, with the words that Go sees", () => {
    const names = ["two-words", "something_like_this", "2fa-x", "a.b/c@d", "_x"].map(titled);

    assert.deepEqual(names, ["TwoWords", "Something_like_this", "2FaX", "A.b/C@D", "_X"]);
  });
});
