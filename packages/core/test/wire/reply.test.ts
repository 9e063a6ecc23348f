import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HandleRequestReply } from "../../src/gen/pb/backend.ts";
import {
  CodedError,
  InternalError,
  InvalidRequest,
  LogicalError,
  PermissionDenied,
  UnsupportedOperation,
  UserError,
} from "../../src/logical/errors.ts";
import type { Response } from "../../src/logical/response.ts";
import { type Outcome, replyFromWire, replyToWire } from "../../src/wire/reply.ts";
import { responseToWire } from "../../src/wire/response.ts";
import { throughBytes } from "./full.ts";

function replyOf(error: LogicalError) {
  const { response, err } = replyToWire({ error });
  return { data: response?.data, err };
}

function errorOf(outcome: Outcome): LogicalError {
  if (!("error" in outcome)) throw new Error("no error");
  return outcome.error;
}

describe("the reply", () => {
  test("to nothing has no response, and to an empty response has one [W97]", () => {
    assert.deepEqual(replyToWire({ response: undefined }), {
      response: undefined,
      err: undefined,
      walIndex: undefined,
    });
    assert.equal(HandleRequestReply.encode(replyToWire({ response: undefined })).finish().length, 0);
    const { response } = throughBytes(HandleRequestReply, replyToWire({ response: {} }));
    assert.deepEqual(response, responseToWire({}));
    assert.equal(response?.data, "null");
  });

  test("to a user's mistake is a response with its text and no error", () => {
    assert.deepEqual(replyOf(new UserError("bad")), { data: '{"error":"bad"}', err: undefined });
  });

  test("carries what a mistake shows beside its text [W104]", () => {
    const reply = replyOf(new UserError("bad", { data: { hint: 1 } }));

    assert.equal(reply.data, '{"error":"bad","data":{"hint":1}}');
    // Vault 1.10 takes such data for a success, unless there is an error too.
    assert.deepEqual(reply.err, { errType: 1, errMsg: "bad", errCode: 0n });
  });

  test("to a failure of a fixed text has no response", () => {
    assert.deepEqual(replyOf(new UnsupportedOperation()), {
      data: undefined,
      err: { errType: 5, errMsg: "unsupported operation", errCode: 0n },
    });
  });

  test("tells a text of its own beside the type whose text is fixed", () => {
    assert.deepEqual(replyOf(new PermissionDenied("not yours")), {
      data: '{"error":"not yours"}',
      err: { errType: 8, errMsg: "permission denied", errCode: 0n },
    });
    assert.equal(replyOf(new InvalidRequest("bad")).err?.errType, 7);
    assert.equal(replyOf(new LogicalError("unsupported-path", "gone")).data, '{"error":"gone"}');
  });

  test("to a coded failure never has a response, since its code would be lost", () => {
    assert.deepEqual(replyOf(new CodedError(409, "conflict", { data: { a: 1 } })), {
      data: undefined,
      err: { errType: 3, errMsg: "conflict", errCode: 409n },
    });
  });

  test("to an internal failure is the error alone", () => {
    assert.deepEqual(replyOf(new InternalError("broken")), {
      data: undefined,
      err: { errType: 2, errMsg: "broken", errCode: 0n },
    });
  });

  test("refuses data that hosts take for a failure and that crashes them [W104]", () => {
    assert.throws(() => responseToWire({ data: { error: 1 } }), TypeError);
    assert.throws(() => responseToWire({ data: { error: {}, data: {} } }), TypeError);
    assert.equal(responseToWire({ data: { error: null } }).data, '{"error":null}');
    assert.equal(responseToWire({ data: { error: 1, data: null } }).data, '{"error":1,"data":null}');
    assert.equal(responseToWire({ data: { error: 1, other: 2 } }).data, '{"error":1,"other":2}');
  });
});

describe("the reply is refused", () => {
  const lease = { secret: { ttl: 1 } };
  const login = { auth: { ttl: 1 } };
  const cases: readonly [string, unknown, string][] = [
    ["with a login and an error", { ...login, data: { error: "no" } }, "with a login or a lease must not be an error"],
    ["with a lease and an error", { ...lease, data: { error: "no", data: 1 } }, "must not be an error too"],
    ["with an error that hides behind a member", { ...login, data: { error: "no", a: undefined } }, "be an error too"],
    ["with a lease and a login", { ...lease, ...login }, "must not hand out a lease and log in at once"],
    ["with a login in a raw answer", { ...login, data: { http_status_code: 200 } }, "must not be a raw one too"],
    ["with two responses", [{}, {}], "a handler must give one response, or nothing"],
    ["with responses to come", (async function* () {})(), "a handler must give one response, or nothing"],
    ["with a text", "done", "a handler must give one response, or nothing"],
    ["with a member that no response has", { error: "no" }, 'a response has no member "error"'],
  ];
  for (const [what, response, message] of cases)
    test(what, () => {
      // Authors without types can answer anything.
      const outcome = { response: response as Response };

      assert.throws(
        () => replyToWire(outcome),
        (error) => error instanceof TypeError && error.message.includes(message),
      );
    });
});

describe("what a host reads", () => {
  const failures = [
    new UserError("bad", { data: [1] }),
    new PermissionDenied("not yours"),
    new PermissionDenied(),
    new CodedError(409, "conflict"),
    new InternalError("broken"),
    new UnsupportedOperation(),
  ];
  for (const error of failures) {
    test(`is the failure that was sent: ${error.name} ${error.message}`, () => {
      const read = errorOf(replyFromWire(replyToWire({ error })));

      const { kind, message, status, data, isResponse } = error;
      assert.deepEqual(
        { kind: read.kind, message: read.message, status: read.status, data: read.data, isResponse: read.isResponse },
        { kind, message, status, data, isResponse },
      );
    });
  }

  test("is a user's mistake where a coded failure came beside a response", () => {
    const { err } = replyToWire({ error: new CodedError(409, "conflict") });
    const response = responseToWire({ data: { error: "text" } });

    const read = errorOf(replyFromWire({ response, err, walIndex: undefined }));

    assert.equal(read.kind, "user");
    assert.equal(read.message, "text");
    assert.equal(read.status, undefined);
  });

  test("is no failure where the type is not known", () => {
    const err = { errType: 11, errMsg: "", errCode: 0n };

    assert.deepEqual(replyFromWire({ response: undefined, err, walIndex: undefined }), { response: undefined });
  });

  test("keeps nothing and an empty response apart", () => {
    assert.deepEqual(replyFromWire(replyToWire({ response: undefined })), { response: undefined });
    assert.deepEqual(replyFromWire(replyToWire({ response: {} })), { response: {} });
  });
});
