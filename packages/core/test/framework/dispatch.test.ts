import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, path, secret, t } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";
import { mounted } from "./sample.ts";

const nothing = () => {};

describe("routing", () => {
  test("lets parameters win over the body and says so, unless the body has null there [S24]", async () => {
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
});

describe("a request that only hosts make does not ask for a path", () => {
  const account = secret("account", { internal: {}, renew: () => ({ ttl: 60 }), revoke() {} });

  test("when it renews, revokes or rolls back [S15]", async () => {
    let ticks = 0;
    const mount = await mounted([], {
      secrets: [account],
      periodic() {
        ticks += 1;
      },
    });
    const lease = account.issue({ data: {}, internal: {} });

    assert.equal((await mount.renew(lease, { path: "matches/nothing" }))?.secret?.ttl, 60);
    await mount.revoke(lease, { path: "matches/nothing" });
    await mount.request("rollback", "matches/nothing");
    assert.equal(ticks, 1);
  });

  test("when it renews a token, which not every plugin can [S41]", async () => {
    const refusal = { kind: "user", message: "this auth type doesn't support renew", isResponse: true };
    const method = await harness(() => authMethod({ help: "", paths: [] }));
    const engine = await mounted([]);

    for (const mount of [method, engine]) await assert.rejects(mount.renew({ auth: { ttl: 60 } }), refusal);
  });
});

describe("values of fields", () => {
  const sized = path("x", {
    summary: "",
    fields: { width: t.int(), height: t.int() },
    update: nothing,
  });

  test("that cannot be read are told in an error response [S30]", async () => {
    const attempt = (await mounted([sized])).write("x", { width: "wide" });

    await assert.rejects(attempt, {
      kind: "user",
      isResponse: true,
      message: 'Field validation failed: error converting input for field "width": cannot parse value as an integer',
    });
  });

  test("are told one at a time [S31]", async () => {
    const attempt = (await mounted([sized])).write("x", { width: "wide", height: "high" });

    await assert.rejects(attempt, ({ message }: Error) => (message.match(/"(width|height)"/g) ?? []).length === 1);
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
