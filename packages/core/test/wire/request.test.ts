import assert from "node:assert/strict";
import { test } from "node:test";
import * as pb from "../../src/gen/pb/backend.ts";
import { operations } from "../../src/logical/request.ts";
import { requestFromWire, requestToWire } from "../../src/wire/request.ts";
import * as samples from "./samples.ts";

const least = { id: "", operation: "read", path: "" } as const;

test("every operation has its name on the wire", () => {
  for (const operation of operations) {
    assert.equal(requestFromWire(requestToWire({ ...least, operation })).operation, operation);
  }
});

test("an operation that is not known is not supported", () => {
  assert.throws(() => requestFromWire({ ...samples.request, operation: "teleport" }), {
    kind: "unsupported-operation",
  });
});

test("a request of nothing has no member that says nothing", () => {
  assert.deepEqual(requestFromWire(requestToWire(least)), least);
});

test("fields that are not known are ignored [W125]", () => {
  const unknown = Uint8Array.of(0xf8, 0x3f, 0x01);
  const bytes = Uint8Array.from([...pb.Request.encode(requestToWire(least)).finish(), ...unknown]);

  assert.deepEqual(requestFromWire(pb.Request.decode(bytes)), least);
});
