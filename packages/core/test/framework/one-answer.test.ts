import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, type Handler, path, secret, t, token } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";
import { mounted } from "./sample.ts";

const beside = /an answer with a login or a lease must not be an error too/;
const failure = { error: "no" };

test("a lease of a kind that the definition leaves out is refused, since nothing could revoke it", async () => {
  const kind = secret("kind", { internal: {}, revoke() {} });
  const creds = path("x", { summary: "", fields: {}, read: () => kind.issue({ data: {}, internal: {} }) });
  const mount = await mounted([creds]);

  await assert.rejects(mount.read("x"), { kind: "internal" });

  assert.deepEqual(
    mount.logs.map(({ fields }) => fields["error"]),
    ['secret "kind" is not among the secrets of the definition, so nothing could revoke it'],
  );
});

describe("a failure beside a login or a lease is refused", () => {
  test("in a login", async () => {
    const login = path("x", { summary: "", fields: {}, update: () => ({ auth: {}, data: failure }) });

    await assert.rejects((await mounted([login])).write("x"), beside);
  });

  test("in what an issued lease shows", async () => {
    const kind = secret("kind", { internal: {}, revoke() {} });
    const creds = path("x", { summary: "", fields: {}, read: () => kind.issue({ data: failure, internal: {} }) });

    await assert.rejects((await mounted([creds], { secrets: [kind] })).read("x"), beside);
  });

  test("in the renewal of a lease", async () => {
    const kind = secret("kind", { internal: {}, renew: () => ({ ttl: 1, data: failure }), revoke() {} });
    const mount = await mounted([], { secrets: [kind] });

    await assert.rejects(mount.renew(kind.issue({ data: {}, internal: {} })), beside);
  });

  test("in what a login gives beside its token", async () => {
    const session = token({ internal: {} });
    const login = path("login", {
      summary: "",
      fields: {},
      unauthenticated: true,
      update: () => ({ ...session.grant({ internal: {} }), data: failure }),
    });
    const mount = await harness(() => authMethod({ help: "", token: session, paths: [login] }));

    await assert.rejects(mount.login("login"), beside);
  });
});

describe("an author without types is refused", () => {
  const two = [{ data: { a: 1 } }, { data: { a: 2 } }];
  const cases: readonly [string, () => unknown][] = [
    ["two answers at once", () => two],
    ["answers one after the other", () => two.values()],
    ["answers to come", async function* () {}],
    ["a text", () => "done"],
    ["a map", () => new Map([["data", 1]])],
  ];
  for (const [what, handler] of cases)
    test(what, async () => {
      const mount = await mounted([path("x", { summary: "", fields: {}, read: handler as Handler<unknown> })]);

      await assert.rejects(mount.read("x"), { kind: "internal" });
      assert.equal(mount.logs[0]?.fields["error"], "a handler must give one response, or nothing");
    });
});

test("an alias looked ahead for comes without data, whatever names it", async () => {
  const login = path("login", {
    summary: "",
    fields: { name: t.string() },
    update() {},
    aliasLookahead: ({ fields: { name = "" } }) => ({ name, metadata: new Map([["error", "no"]]) }),
  });
  const mount = await harness(() => authMethod({ help: "", paths: [login] }));

  const answer = await mount.request("alias-lookahead", "login", { name: "ann" });

  assert.deepEqual(answer, { auth: { alias: { name: "ann", metadata: new Map([["error", "no"]]) } } });
});
