import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, path, t, token, UserError } from "../../src/index.ts";
import { type Harness, harness } from "../../src/testing/index.ts";

const session = token({ internal: {} });

/** Mounts a method with one path where one logs in by name, and one by a pass alone. */
function method(): Promise<Harness> {
  const byName = path("login/:name", {
    summary: "",
    fields: { name: t.lowerCaseString(), age: t.int({ default: 0 }) },
    unauthenticated: true,
    update: ({ fields }) => session.grant({ internal: {}, alias: fields.name }),
    aliasLookahead({ fields }) {
      if (fields.name === "nobody") throw new UserError("nobody is nobody");
      return { name: fields.name, metadata: new Map([["age", String(fields.age)]]) };
    },
  });
  const byPass = path("login", {
    summary: "",
    fields: { role: t.string() },
    unauthenticated: true,
    update: () => session.grant({ internal: {} }),
  });
  return harness(() => authMethod({ help: "", paths: [byName, byPass], token: session }));
}

describe("what a host asks before a login", () => {
  test("is its alias, which comes without data", async () => {
    const mount = await method();

    assert.deepEqual(await mount.request("alias-lookahead", "login/BoB", { age: "7" }), {
      auth: { alias: { name: "bob", metadata: new Map([["age", "7"]]) } },
    });
  });

  test("is refused by an error and never by an answer, since hosts look for a login in any answer", async () => {
    const mount = await method();

    await assert.rejects(mount.request("alias-lookahead", "login/nobody"), {
      kind: "unknown",
      isResponse: false,
      message: "nobody is nobody",
    });
    await assert.rejects(mount.request("alias-lookahead", "login/bob", { age: "old" }), {
      kind: "unknown",
      isResponse: false,
      message: /^Field validation failed: error converting input for field "age"/,
    });
    await assert.rejects(mount.request("alias-lookahead", "login"), { kind: "unsupported-operation" });
  });

  test("is its role, which a method without roles does not support [A19]", async () => {
    const mount = await method();

    await assert.rejects(mount.request("resolve-role", "login"), { kind: "unsupported-operation" });
    await assert.rejects(mount.request("resolve-role", "login", { role: "dev" }), { kind: "unsupported-operation" });
  });
});
