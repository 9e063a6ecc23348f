import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CodedError, PermissionDenied, path, StorageError, t, UserError } from "../../src/index.ts";
import { mounted } from "./sample.ts";

describe("failures", () => {
  const failing = (error: unknown) =>
    mounted([
      path("x", {
        summary: "",
        fields: {},
        read() {
          throw error;
        },
      }),
    ]);

  test("that say their kind reach the host as they are", async () => {
    for (const error of [
      new PermissionDenied(),
      new CodedError(409, "conflict"),
      new StorageError("cannot write to readonly storage"),
    ]) {
      const mount = await failing(error);
      await assert.rejects(mount.read("x"), { kind: error.kind, status: error.status, message: error.message });
      assert.deepEqual(mount.logs, []);
    }
  });

  test("of the caller reach the host with their text as it is [S98]", async () => {
    const mount = await failing(new UserError("50%"));

    await assert.rejects(mount.read("x"), { kind: "user", message: "50%", isResponse: true });
  });

  test("of the caller may have data beside the text", async () => {
    const mount = await failing(new UserError("bad", { data: { fields: ["a"] } }));

    await assert.rejects(mount.read("x"), { kind: "user", message: "bad", data: { fields: ["a"] } });
  });

  test("are found in the chain of causes", async () => {
    const mount = await failing(new Error("while reading", { cause: new PermissionDenied() }));

    await assert.rejects(mount.read("x"), { kind: "permission-denied" });
  });

  test("are told together where several are thrown at once", async () => {
    const mount = await failing(new AggregateError([new UserError("a"), new UserError("b")]));

    await assert.rejects(mount.read("x"), { kind: "user", message: "2 errors occurred:\n\t* a\n\t* b\n\n" });
    assert.deepEqual(mount.logs, []);
  });

  test("of any other kind are logged and hidden", async () => {
    const mount = await failing(new TypeError("s3cret is undefined", { cause: new Error("deep") }));

    await assert.rejects(mount.request("read", "x", undefined, { id: "r1" }), {
      kind: "internal",
      message: "internal error (request r1)",
    });

    const [line] = mount.logs;
    assert.equal(line?.level, "error");
    assert.equal(line?.message, "request failed");
    assert.equal(line?.fields["requestId"], "r1");
    assert.match(String(line?.fields["stack"]), /TypeError: s3cret is undefined\n +at .*caused by: Error: deep/s);
  });

  test("show the log nothing of the body that an exception quotes [W134]", async () => {
    const parsing = path("x", {
      summary: "",
      fields: { settings: t.string({ required: true }) },
      update: ({ fields }) => ({ data: { settings: JSON.parse(fields.settings) } }),
    });
    const mount = await mounted([parsing]);

    await assert.rejects(mount.write("x", { settings: "hunter22" }), { kind: "internal" });

    assert.equal(mount.logs.length, 1);
    assert.doesNotMatch(JSON.stringify(mount.logs), /hunter22/);
  });

  test("of values that are no errors are hidden too", async () => {
    const mount = await failing("text");

    await assert.rejects(mount.read("x"), { kind: "internal" });
  });

  test("of a cancelled request are no error in the log", async () => {
    const cancel = new AbortController();
    const waiting = path("x", {
      summary: "",
      fields: {},
      read({ signal }) {
        cancel.abort();
        signal.throwIfAborted();
      },
    });
    const mount = await mounted([waiting]);

    await assert.rejects(mount.read("x", undefined, { signal: cancel.signal }), { message: "request cancelled" });
    assert.deepEqual(mount.logs, []);
  });
});
