import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, path, secret, t, token } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";
import { mounted } from "./sample.ts";

const revoked: unknown[] = [];
const account = secret("account", {
  internal: { id: t.int({ required: true }), region: t.string({ default: "eu" }) },
  ttl: 60,
  renew({ internal, lease }) {
    return internal.region === "us" ? undefined : { ttl: lease.increment, maxTtl: 7200 };
  },
  revoke: ({ internal }) => void revoked.push(internal),
});
const fixed = secret("fixed", { internal: {}, revoke: () => {} });
const creds = path("creds/:id", {
  summary: "",
  fields: { id: t.int() },
  read: ({ fields }) => account.issue({ data: { id: fields.id }, internal: { id: fields.id, region: "eu" } }),
});

describe("a leased secret", () => {
  test("is issued with what its lease keeps", async () => {
    const mount = await mounted([creds], { secrets: [account, fixed] });

    assert.deepEqual(await mount.read("creds/7"), {
      data: { id: 7 },
      secret: { internalData: { id: 7, region: "eu", secret_type: "account" }, ttl: 60, renewable: true },
    });
  });

  test("cannot be renewed without a handler for it", async () => {
    const mount = await mounted([], { secrets: [fixed] });
    const lease = fixed.issue({ data: {}, internal: {}, ttl: 5, maxTtl: 9 });

    assert.deepEqual(lease.secret, { internalData: { secret_type: "fixed" }, renewable: false, ttl: 5, maxTtl: 9 });
    await assert.rejects(mount.renew(lease), { kind: "unsupported-operation" });
  });

  test("keeps everything on renewal but its times", async () => {
    const mount = await mounted([creds], { secrets: [account] });
    const issueTime = new Date(0);

    const renewed = await mount.renew((await mount.read("creds/7")) ?? {}, { increment: 90, issueTime });

    const internalData = { id: 7, region: "eu", secret_type: "account" };
    assert.deepEqual(renewed, {
      secret: { internalData, ttl: 90, maxTtl: 7200, renewable: true, increment: 90, issueTime },
    });
  });

  test("is left as it is when the handler gives nothing", async () => {
    const mount = await mounted([], { secrets: [account] });
    const lease = account.issue({ data: {}, internal: { id: 1, region: "us" } });

    assert.equal(await mount.renew(lease), undefined);
  });

  test("is revoked with its internal data, where defaults hold", async () => {
    const mount = await mounted([], { secrets: [account] });

    await mount.revoke({ secret: { internalData: { id: "7", secret_type: "account" } } });

    assert.deepEqual(revoked.pop(), { id: 7, region: "eu" });
  });

  test("with unusable internal data is refused without showing it", async () => {
    const mount = await mounted([], { secrets: [account] });

    for (const id of ["s3cret", undefined, {}])
      await assert.rejects(mount.revoke({ secret: { internalData: { id, secret_type: "account" } } }), {
        kind: "unknown",
        message: 'the lease\'s internal data has no usable "id"',
      });
  });

  test("of a kind that nobody knows is refused", async () => {
    const mount = await mounted([], { secrets: [account] });
    const message = "secret is unsupported by this backend";

    for (const type of [undefined, 5, "other", "toString"])
      await assert.rejects(mount.revoke({ secret: { internalData: { secret_type: type } } }), {
        kind: "unknown",
        message,
      });
    await assert.rejects(mount.revoke({ secret: {} }), { kind: "unknown", message });
  });

  test("must be in the request", async () => {
    const mount = await mounted([], { secrets: [account] });

    for (const operation of ["renew", "revoke"] as const)
      await assert.rejects(mount.request(operation, ""), { kind: "unknown", message: "request has no secret" });
  });
});

const session = token({
  internal: { fruit: t.string({ required: true }) },
  renew({ internal, auth, lease }) {
    if (internal.fruit !== "banana") return;
    return { ttl: 30, maxTtl: lease.maxTtl * 2, warnings: [`for ${auth.displayName}`] };
  },
});
const login = path("login", {
  summary: "",
  fields: {},
  unauthenticated: true,
  update: () =>
    session.grant({
      ...{
        internal: { fruit: "banana" },
        policies: ["a"],
        metadata: { user: "bob" },
        displayName: "bob",
        alias: "bob",
      },
      ...{ ttl: 10, maxTtl: 100, period: 5, explicitMaxTtl: 1000, numUses: 3, boundCidrs: ["10.0.0.0/8"] },
      ...{ tokenType: "batch", noDefaultPolicy: true, groupAliases: [{ name: "dev" }], warnings: ["soon"] },
    }),
});
const method = () => authMethod({ help: "", paths: [login], token: session });

test("what a lease keeps survives the host's JSON, whatever its kind", async () => {
  const kinds = {
    ...{ header: t.header(), time: t.time(), big: t.int64(), pairs: t.pairs(), list: t.strings(), flag: t.bool() },
  };
  const kept = {
    header: new Map([["X-A", ["1", "2"]]]),
    time: new Date(0),
    ...{ big: 9007199254740993n, pairs: { a: "b" }, list: ["a"], flag: true },
  };
  const seen: unknown[] = [];
  const all = secret("all", { internal: kinds, revoke: ({ internal }) => void seen.push(internal) });
  const issue = path("x", { summary: "", fields: {}, read: () => all.issue({ data: {}, internal: kept }) });
  const mount = await mounted([issue], { secrets: [all] });

  await mount.revoke((await mount.read("x")) ?? {});

  assert.deepEqual(seen, [kept]);
});

describe("a token", () => {
  const auth = {
    internalData: { fruit: "banana" },
    ...{ policies: ["a"], metadata: new Map([["user", "bob"]]), displayName: "bob", alias: { name: "bob" } },
    ...{ ttl: 10, maxTtl: 100, period: 5, explicitMaxTtl: 1000, numUses: 3, boundCidrs: ["10.0.0.0/8"] },
    ...{ tokenType: "batch", noDefaultPolicy: true, groupAliases: [{ name: "dev" }], renewable: true },
  };

  test("is granted with all that a login may ask for", async () => {
    const mount = await harness(method);

    assert.deepEqual(await mount.login("login"), { auth, warnings: ["soon"] });
  });

  test("keeps everything on renewal but its times", async () => {
    const mount = await harness(method);
    const issueTime = new Date(0);

    const renewed = await mount.renew(await mount.login("login"), { increment: 5, issueTime });

    const times = { ttl: 30, maxTtl: 200, increment: 5, issueTime };
    assert.deepEqual(renewed, { auth: { ...auth, ...times }, warnings: ["for bob"] });
  });

  test("is not extended when the handler gives nothing", async () => {
    const mount = await harness(method);

    assert.equal(await mount.renew({ auth: { internalData: { fruit: "apple" } } }), undefined);
  });

  test("with unusable internal data is denied", async () => {
    const mount = await harness(method);

    for (const internalData of [{}, { fruit: [] }, { fruit: { a: 1 } }])
      await assert.rejects(mount.renew({ auth: { internalData } }), { kind: "permission-denied", isResponse: false });
  });

  test("must be in the request", async () => {
    const mount = await harness(method);

    await assert.rejects(mount.request("renew", "login"), { kind: "unknown", message: "request auth was nil" });
    await assert.rejects(mount.request("revoke", "login"), { kind: "unknown", message: "request has no secret" });
  });

  test("of a method without renewal is refused", async () => {
    const none = token({ internal: {} });
    const refusal = { kind: "user", message: "this auth type doesn't support renew" };

    assert.equal(none.grant({ internal: {} }).auth?.renewable, false);
    for (const definition of [{ token: none }, {}]) {
      const mount = await harness(() => authMethod({ help: "", paths: [], ...definition }));
      await assert.rejects(mount.renew({ auth: {} }), refusal);
    }
    await assert.rejects((await mounted([])).renew({ auth: {} }), refusal);
  });
});
