import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CodedError, PermissionDenied, path, StorageError, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const nothing = () => {};

describe("routing", () => {
  test("matches whole paths only", async () => {
    const mount = await mounted([path("foo", { summary: "", fields: {}, update: nothing })]);

    assert.equal(await mount.write("foo"), undefined);
    for (const wrong of ["foobar", "xfoo", "foo/", "FOO", ""])
      await assert.rejects(mount.request("update", wrong), { kind: "unsupported-path" });
  });

  test("lets the first matching path decide, even without the operation", async () => {
    const first = path("a/:name", { summary: "", fields: { name: t.name() }, update: nothing });
    const second = path("a/b", { summary: "", fields: {}, read: () => ({ data: {} }) });
    const mount = await mounted([first, second]);

    await assert.rejects(mount.read("a/b"), { kind: "unsupported-operation" });
  });

  test("lets parameters win over the body and says so", async () => {
    const echo = path("a/:name", {
      summary: "",
      fields: { name: t.name() },
      update: ({ fields }) => ({ data: { name: fields.name } }),
    });
    const mount = await mounted([echo]);

    assert.deepEqual(await mount.write("a/b", { name: "c" }), {
      data: { name: "b" },
      warnings: [
        "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [name]",
      ],
    });
    assert.deepEqual(await mount.write("a/b", { name: null }), { data: { name: "b" } });
  });

  test("never takes an optional parameter from the body", async () => {
    const creds = path("creds/:name?", {
      summary: "",
      fields: { name: t.name() },
      update: ({ fields }) => ({ data: { name: fields.name } }),
    });
    const mount = await mounted([creds]);

    assert.deepEqual((await mount.write("creds", { name: "x" }))?.data, { name: "" });
    assert.deepEqual((await mount.write("creds/a"))?.data, { name: "a" });
  });
});

describe("warnings", () => {
  const sample = (acceptsAnything: boolean) =>
    path("x", {
      summary: "",
      fields: { known: t.string() },
      acceptsAnything,
      update: ({ request }) => (request.data?.["quiet"] ? undefined : { warnings: ["own"] }),
    });

  test("name what had no effect, after those of the handler", async () => {
    const mount = await mounted([sample(false)]);

    const response = await mount.write("x", { z: 1, known: "", b: 2 });

    assert.deepEqual(response?.warnings, ["own", "Endpoint ignored these unrecognized parameters: [b z]"]);
  });

  test("are not added to an empty answer", async () => {
    const mount = await mounted([sample(false)]);

    assert.equal(await mount.write("x", { quiet: true }), undefined);
  });

  test("are not added where anything is accepted", async () => {
    const mount = await mounted([sample(true)]);

    assert.deepEqual((await mount.write("x", { z: 1 }))?.warnings, ["own"]);
  });
});

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

  test("are found in the chain of causes", async () => {
    const mount = await failing(new Error("while reading", { cause: new PermissionDenied() }));

    await assert.rejects(mount.read("x"), { kind: "permission-denied" });
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

describe("existence checks", () => {
  const stored = path("x/:name", {
    summary: "",
    fields: { name: t.name(), size: t.int(), needed: t.string({ required: true }) },
    exists: ({ fields }) => fields.name === "old",
    write: ({ request }) => ({ data: { operation: request.operation } }),
  });
  const simple = path("y", { summary: "", fields: {}, update: nothing });

  test("tell create from update", async () => {
    const mount = await mounted([stored]);

    assert.deepEqual((await mount.write("x/old", { needed: "" }))?.data, { operation: "update" });
    assert.deepEqual((await mount.write("x/new", { needed: "" }))?.data, { operation: "create" });
  });

  test("are missing where a path has none", async () => {
    const mount = await mounted([stored, simple]);

    assert.equal(await mount.exists("y"), undefined);
  });

  test("refuse bad values without the prefix of requests", async () => {
    const mount = await mounted([stored]);

    await assert.rejects(mount.exists("x/old", { size: "abc" }), {
      kind: "user",
      message: 'error converting input for field "size": cannot parse value as an integer',
    });
  });

  test("tell the caller of a key that storage refuses, as hosts do in the request itself", async () => {
    const raw = path("z/:name", {
      summary: "",
      fields: { name: t.string() },
      exists: async ({ fields, storage }) => (await storage.get(`z/${fields.name}`)) !== undefined,
      write: nothing,
    });
    const mount = await mounted([raw]);

    await assert.rejects(mount.exists("z/.."), { kind: "user", message: "relative paths not supported" });
  });

  test("refuse unknown paths", async () => {
    const mount = await mounted([stored]);

    await assert.rejects(mount.exists("nowhere"), { kind: "unsupported-path" });
  });

  test("are for writes only", async () => {
    const mount = await mounted([stored]);

    const attempt = mount.backend.checkExistence({ id: "r1", operation: "read", path: "x/old" }, mount.call());

    await assert.rejects(attempt, {
      message: "incorrect operation type read for an existence check",
    });
  });
});

describe("operations that only hosts ask for", () => {
  test("rollback runs the periodic work", async () => {
    const ran: string[] = [];
    const mount = await mounted([], { periodic: ({ request }) => void ran.push(request.operation) });

    assert.equal(await mount.request("rollback", "matches/nothing"), undefined);
    assert.deepEqual(ran, ["rollback"]);
  });

  test("an alias is given without data, or is unsupported [W111]", async () => {
    const login = path("login/:name", {
      summary: "",
      fields: { name: t.lowerCaseString(), password: t.string({ required: true }) },
      update: nothing,
      aliasLookahead: ({ fields }) => fields.name,
    });
    const mount = await mounted([login, path("other", { summary: "", fields: {}, update: nothing })]);

    assert.deepEqual(await mount.request("alias-lookahead", "login/BoB"), { auth: { alias: { name: "bob" } } });
    await assert.rejects(mount.request("alias-lookahead", "other"), { kind: "unsupported-operation" });
  });

  test("a role is given, or refused by name", async () => {
    const login = path("login", {
      summary: "",
      fields: { role: t.string() },
      update: nothing,
      resolveRole: ({ fields }) => fields.role,
    });
    const mount = await mounted([login, path("other", { summary: "", fields: {}, update: nothing })]);

    assert.deepEqual(await mount.request("resolve-role", "login", { role: "dev" }), { data: { role: "dev" } });
    await assert.rejects(mount.request("resolve-role", "login"), { kind: "user" });
    await assert.rejects(mount.request("resolve-role", "other"), { kind: "unsupported-operation" });
  });

  test("initialize, invalidate and cleanup reach the plugin", async () => {
    const seen: string[] = [];
    const mount = await mounted([], {
      initialize: ({ initialization }) => void seen.push(`initialize ${initialization.mountPoint}`),
      invalidate: (key) => void seen.push(`invalidate ${key}`),
      cleanup: () => void seen.push("cleanup"),
    });

    await mount.invalidate("a/b");
    await mount.close();

    assert.deepEqual(seen, ["initialize test/", "invalidate a/b", "cleanup"]);
  });
});
