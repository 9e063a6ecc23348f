import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CodedError, LogicalError, PermissionDenied, UserError } from "../../src/logical/errors.ts";

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

describe("several failures thrown together", () => {
  const find = (...errors: readonly unknown[]) => LogicalError.find(new AggregateError(errors, "text of nobody"));

  test("are told together, in the form of Go's plugins [S115]", () => {
    assert.equal(find(new UserError("a"))?.message, "1 error occurred:\n\t* a\n\n");
    assert.equal(find(new UserError("a"), new UserError("b"))?.message, "2 errors occurred:\n\t* a\n\t* b\n\n");
  });

  test("are of their kind where that is one", () => {
    const seen = (...errors: readonly LogicalError[]) => {
      const { kind, status, isResponse } = find(...errors) ?? {};
      return [kind, status, isResponse];
    };

    assert.deepEqual(seen(new UserError("a"), new UserError("b")), ["user", undefined, true]);
    assert.deepEqual(seen(new PermissionDenied("a"), new PermissionDenied()), ["permission-denied", undefined, false]);
    assert.deepEqual(seen(new CodedError(409, "a"), new CodedError(409, "b")), ["coded", 409, false]);
    assert.deepEqual(seen(new CodedError(409, "a"), new CodedError(410, "b")), ["unknown", undefined, false]);
    assert.deepEqual(seen(new UserError("a"), new PermissionDenied()), ["unknown", undefined, false]);
  });

  test("are found in causes", () => {
    const failed = new Error("outside", {
      cause: new AggregateError([new Error("inside", { cause: new UserError("a") })]),
    });

    assert.equal(LogicalError.find(failed)?.message, "1 error occurred:\n\t* a\n\n");
  });

  test("are none where one of them is an exception, or where there are none", () => {
    assert.equal(find(new UserError("a"), new Error("b")), undefined);
    assert.equal(find(), undefined);
    assert.equal(find("text"), undefined);
  });

  test("end where they hold themselves", () => {
    const round = new AggregateError([]);
    round.errors.push(round, round);
    round.cause = round;

    assert.equal(LogicalError.find(round), undefined);
  });
});
