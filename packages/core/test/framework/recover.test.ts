import assert from "node:assert/strict";
import { test } from "node:test";
import { path, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const role = path("roles/:name", {
  summary: "",
  fields: { name: t.name(), password: t.string({ required: true }), ttl: t.seconds() },
  recover({ fields, sourceFields, request }) {
    return { data: { to: fields.name, from: sourceFields().name, ttl: fields.ttl, source: request.recoverSourcePath } };
  },
});
const size = path("sizes/:size", {
  summary: "",
  fields: { size: t.int() },
  recover: ({ sourceFields }) => ({ data: { from: sourceFields().size } }),
});
const carefree = path("any/:name", {
  summary: "",
  fields: { name: t.name() },
  recover: ({ fields }) => ({ data: { to: fields.name } }),
});

test("what a snapshot held comes in the fields, and need not have all that a write must have", async () => {
  const mount = await mounted([role]);

  const answer = await mount.request("recover", "roles/new", { ttl: "1m" }, { recoverSourcePath: "roles/old" });

  assert.deepEqual(answer?.data, { to: "new", from: "old", ttl: 60, source: "roles/old" });
});

test("without another source, the path itself is the source", async () => {
  const mount = await mounted([role]);

  assert.deepEqual((await mount.request("recover", "roles/same", {}))?.data, { to: "same", from: "same" });
});

test("the fields of a source that is another path cannot be read", async () => {
  const mount = await mounted([role, carefree]);
  const from = (recoverSourcePath: string) => mount.request("recover", "roles/new", {}, { recoverSourcePath });
  const refusal = (source: string) => `recover source path "${source}" does not match request path "roles/new"`;

  await assert.rejects(from("any/x"), { kind: "user", message: refusal("any/x") });
  await assert.rejects(from("nowhere"), { kind: "user", message: refusal("nowhere") });
});

test("a handler that does not ask for its source takes any", async () => {
  const mount = await mounted([role, carefree]);

  const answer = await mount.request("recover", "any/x", {}, { recoverSourcePath: "roles/old" });

  assert.deepEqual(answer?.data, { to: "x" });
});

test("a source whose parameters cannot be read is refused", async () => {
  const mount = await mounted([size]);

  await assert.rejects(mount.request("recover", "sizes/1", {}, { recoverSourcePath: "sizes/many" }), {
    kind: "user",
    message: /^field validation of recover source path failed: error converting input for field "size": /,
  });
});
