import assert from "node:assert/strict";
import { test } from "node:test";
import { LogicalError, UserError } from "../../src/logical/errors.ts";

test("finds a failure in the chain of causes", () => {
  const failure = new UserError("no");

  assert.equal(LogicalError.find(new Error("a", { cause: new Error("b", { cause: failure }) })), failure);
  assert.equal(LogicalError.find(new Error("a")), undefined);
});

test("ends at causes that go round in a circle", () => {
  const first = new Error("first");
  const second = new Error("second", { cause: first });
  first.cause = second;

  assert.equal(LogicalError.find(first), undefined);
  assert.equal(LogicalError.from(first).kind, "internal");
});
