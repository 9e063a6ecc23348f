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
import { replyToWire } from "../../src/wire/reply.ts";
import { responseToWire } from "../../src/wire/response.ts";

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

test("no kind has a type above 10, and the table above has every kind [W102]", () => {
  const types: Readonly<Record<ErrorKind, number>> = {
    unknown: 0,
    user: 1,
    internal: 2,
    coded: 3,
    "bad-request": 4,
    "unsupported-operation": 5,
    "unsupported-path": 6,
    "invalid-request": 7,
    "permission-denied": 8,
    "multi-authz-pending": 9,
    unrecoverable: 10,
  };

  assert.deepEqual(Object.fromEntries(table.map(([kind, , errType]) => [kind, errType])), types);
  for (const kind of Object.keys(types) as ErrorKind[]) {
    assert.equal(errorToWire(new LogicalError(kind, "a text of its own")).errType, types[kind]);
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
  const text = "connection is shut down";
  const said = "connection is shut down (said by the plugin)";

  assert.equal(errorToWire(new StorageError(text)).errMsg, said);
  assert.equal(errorToWire(new CodedError(500, text)).errMsg, said);
  assert.equal(errorAloneToWire(new PermissionDenied(text)).errMsg, said);
  assert.equal(replyToWire({ error: new UserError(text) }).response?.data, `{"error":"${said}"}`);
  assert.equal(responseToWire({ data: { error: text, data: 1 } }).data, `{"error":"${said}","data":1}`);
  assert.equal(errorToWire(new StorageError(`${text}!`)).errMsg, `${text}!`);
});
