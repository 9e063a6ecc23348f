import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CodedError, path, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const nothing = () => {};

describe("existence checks", () => {
  const stored = path("x/:name", {
    summary: "",
    fields: { name: t.name(), size: t.int(), needed: t.string({ required: true }) },
    exists: ({ fields }) => fields.name === "old",
    write: ({ request }) => ({ data: { operation: request.operation } }),
  });
  const simple = path("y", { summary: "", fields: {}, update: nothing });
  const broken = path("z", {
    summary: "",
    fields: {},
    exists() {
      throw new CodedError(418, "asked in vain");
    },
    write: nothing,
  });

  test("tell create from update [S35]", async () => {
    const mount = await mounted([stored]);

    assert.equal(await mount.exists("x/old"), true);
    assert.equal(await mount.exists("x/new"), false);

    assert.deepEqual((await mount.write("x/old", { needed: "" }))?.data, { operation: "update" });
    assert.deepEqual((await mount.write("x/new", { needed: "" }))?.data, { operation: "create" });
  });

  test("see the parameters of the path before those of the body [S38]", async () => {
    const mount = await mounted([stored]);

    assert.equal(await mount.exists("x/old", { name: "new" }), true);
  });

  test("that fail are failures of the write", async () => {
    const mount = await mounted([broken]);

    await assert.rejects(mount.exists("z"), { kind: "coded", status: 418, message: "asked in vain" });
  });

  test("are missing where a path has none [S34]", async () => {
    const mount = await mounted([stored, simple]);

    assert.equal(await mount.exists("y"), undefined);
  });

  test("refuse bad values without the prefix of requests [S36]", async () => {
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

  test("refuse unknown paths [S33]", async () => {
    const mount = await mounted([stored]);

    await assert.rejects(mount.exists("nowhere"), { kind: "unsupported-path" });
  });

  test("are for writes only [S32]", async () => {
    const mount = await mounted([stored]);

    const attempt = mount.backend.checkExistence({ id: "r1", operation: "read", path: "x/old" }, mount.call());

    await assert.rejects(attempt, {
      message: "incorrect operation type read for an existence check",
    });
  });
});
