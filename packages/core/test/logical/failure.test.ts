import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../src/logical/errors.ts";
import { failureOf, stackOf } from "../../src/logical/failure.ts";
import { createRecordedLog, type LogLine } from "../../src/testing/recorded-log.ts";

function failedCall(signal = new AbortController().signal) {
  const lines: LogLine[] = [];
  return { lines, call: { what: "request", requestId: "r1", signal, log: createRecordedLog(lines) } };
}

test("a failure that says its kind passes without a line in the log", () => {
  const { lines, call } = failedCall();
  const refusal = new UserError("no");

  assert.equal(failureOf(refusal, call), refusal);
  assert.deepEqual(lines, []);
});

test("anything else is hidden behind the request's id, and logged with its stacks", () => {
  const { lines, call } = failedCall();

  const { kind, message } = failureOf(new Error("disk", { cause: new Error("deep") }), call);

  assert.deepEqual([kind, message], ["internal", "internal error (request r1)"]);
  assert.equal(lines[0]?.message, "request failed");
  assert.match(String(lines[0]?.fields["stack"]), /Error: disk\n.*caused by: Error: deep/s);
});

test("what was thrown because the call was cancelled is not logged", () => {
  const { lines, call } = failedCall(AbortSignal.abort());

  assert.equal(failureOf(new Error("late"), call).message, "request cancelled");
  assert.deepEqual(lines, []);
});

test("the stacks of causes that go round in a circle end", () => {
  const error = new Error("round");
  error.cause = error;

  assert.equal(stackOf(error).split("caused by").length, 6);
});

test("the stacks of what was thrown together are logged", () => {
  const stack = stackOf(new AggregateError([new Error("one"), new Error("two", { cause: new Error("deep") })]));

  assert.match(stack, /caused by: Error: one\n.*caused by: Error: two\n.*caused by: Error: deep/s);
});

test("an exception that quotes what came with the request does not show it in the log", () => {
  const { lines, call } = failedCall();

  failureOf(new SyntaxError('"hunter22" is not JSON', { cause: new Error("hunter22") }), {
    ...call,
    hidden: ["hunter22"],
  });

  assert.equal(lines[0]?.fields["error"], '"(hidden)" is not JSON');
  assert.doesNotMatch(JSON.stringify(lines), /hunter22/);
});

test("an object that was thrown is not shown", () => {
  const { lines, call } = failedCall();

  failureOf({ password: "hunter22" }, call);

  assert.equal(lines[0]?.fields["error"], "an object was thrown");
});
