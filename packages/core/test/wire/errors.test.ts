import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  BadRequest,
  CodedError,
  type ErrorKind,
  InternalError,
  InvalidRequest,
  LogicalError,
  PermissionDenied,
  StorageError,
  Unrecoverable,
  UnsupportedOperation,
  UnsupportedPath,
  UserError,
} from "../../src/logical/errors.ts";
import { errorAloneToWire, errorFromWire, errorToWire } from "../../src/wire/errors.ts";

const table: readonly [ErrorKind, LogicalError, number, string, bigint][] = [
  ["unknown", new StorageError("cannot write to readonly storage"), 0, "cannot write to readonly storage", 0n],
  ["user", new UserError("bad"), 1, "bad", 0n],
  ["internal", new InternalError("broken"), 2, "broken", 0n],
  ["coded", new CodedError(409, "conflict"), 3, "conflict", 409n],
  ["bad-request", new BadRequest("bad"), 4, "bad", 0n],
  ["unsupported-operation", new UnsupportedOperation(), 5, "unsupported operation", 0n],
  ["unsupported-path", new UnsupportedPath(), 6, "unsupported path", 0n],
  ["invalid-request", new InvalidRequest(), 7, "invalid request", 0n],
  ["permission-denied", new PermissionDenied(), 8, "permission denied", 0n],
  [
    "multi-authz-pending",
    new LogicalError("multi-authz-pending", "request needs further approval"),
    9,
    "request needs further approval",
    0n,
  ],
  ["unrecoverable", new Unrecoverable(), 10, "unrecoverable error", 0n],
];

describe("a failure", () => {
  for (const [kind, error, errType, errMsg, errCode] of table) {
    test(`of kind ${kind} has type ${errType}, both ways [W102]`, () => {
      const message = { errType, errMsg, errCode };

      assert.deepEqual(errorToWire(error), message);
      const read = errorFromWire(message);
      assert.equal(read?.kind, kind);
      assert.equal(read?.message, errMsg);
      assert.equal(read?.status, kind === "coded" ? 409 : undefined);
    });
  }
});

test("the text of a type from 5 to 10 is fixed, whatever came with it", () => {
  assert.equal(errorFromWire({ errType: 8, errMsg: "other", errCode: 0n })?.message, "permission denied");
});

test("a type above 10 is no failure", () => {
  assert.equal(errorFromWire({ errType: 11, errMsg: "text", errCode: 0n }), undefined);
});

test("a failure without type and text is still one", () => {
  assert.equal(errorFromWire({ errType: 0, errMsg: "", errCode: 0n })?.message, "");
});

test("where only the failure can be told, its own text is kept rather than its type", () => {
  assert.deepEqual(errorAloneToWire(new PermissionDenied("not yours")), {
    errType: 0,
    errMsg: "not yours",
    errCode: 0n,
  });
  assert.equal(errorAloneToWire(new PermissionDenied()).errType, 8);
  assert.equal(errorAloneToWire(new UserError("bad")).errType, 1);
});

test("the text by which hosts know a dead process is never sent [W107]", () => {
  const { errMsg } = errorToWire(new StorageError("connection is shut down"));

  assert.equal(errMsg, "connection is shut down (said by the plugin)");
});
