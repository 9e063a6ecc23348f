import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, path, secret, t, token, tokenParameters } from "../../src/index.ts";
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
  test("is issued with what its lease keeps [S47]", async () => {
    const mount = await mounted([creds], { secrets: [account, fixed] });

    assert.deepEqual(await mount.read("creds/7"), {
      data: { id: 7 },
      secret: { internalData: { id: 7, region: "eu", secret_type: "account" }, ttl: 60, renewable: true },
    });
  });

  test("keeps its own name, whatever else the lease keeps under that key [S48]", () => {
    const internal = { secret_type: "mine", b: 2 };
    const named = secret("named", { internal: { secret_type: t.string(), b: t.int() }, revoke() {} });

    assert.deepEqual(named.issue({ data: {}, internal }).secret?.internalData, { b: 2, secret_type: "named" });
    assert.deepEqual(internal, { secret_type: "mine", b: 2 });
  });

  test("cannot be renewed without a handler for it", async () => {
    const mount = await mounted([], { secrets: [fixed] });
    const lease = fixed.issue({ data: {}, internal: {}, ttl: 5, maxTtl: 9 });

    assert.deepEqual(lease.secret, { internalData: { secret_type: "fixed" }, renewable: false, ttl: 5, maxTtl: 9 });
    await assert.rejects(mount.renew(lease), { kind: "unsupported-operation" });
  });

  test("is extended by the times that its handler gives, and loses the data that was shown", async () => {
    const hourly = secret("hourly", { internal: {}, renew: () => ({ ttl: 3600, maxTtl: 7200 }), revoke() {} });
    const mount = await mounted([], { secrets: [hourly] });

    const renewed = await mount.renew(hourly.issue({ data: { password: "pw" }, internal: {}, ttl: 60 }));

    assert.deepEqual([renewed?.secret?.ttl, renewed?.secret?.maxTtl, renewed?.data], [3600, 7200, undefined]);
  });

  test("may keep something else from a renewal on", async () => {
    const renamed = secret("renamed", {
      internal: { id: t.int({ required: true }) },
      renew: ({ internal }) => ({ internal: { id: internal.id + 1 } }),
      revoke() {},
    });
    const mount = await mounted([], { secrets: [renamed] });

    const renewed = await mount.renew(renamed.issue({ data: {}, internal: { id: 7 } }));

    assert.deepEqual(renewed?.secret?.internalData, { id: 8, secret_type: "renamed" });
  });

  test("is never issued or renewed for less than no time", async () => {
    const message = "ttl duration must not be less than zero";
    const backwards = secret("backwards", { internal: {}, renew: () => ({ maxTtl: -1 }), revoke() {} });
    const mount = await mounted([], { secrets: [backwards] });

    assert.throws(() => backwards.issue({ data: {}, internal: {}, ttl: -1 }), { message });
    assert.throws(() => backwards.issue({ data: {}, internal: {}, ttl: Number.NaN }), RangeError);
    await assert.rejects(mount.renew(backwards.issue({ data: {}, internal: {} })), { kind: "internal" });
    assert.throws(
      () => secret("x", { internal: {}, ttl: -1, revoke() {} }),
      /^DefinitionError: secret "x": ttl must be/,
    );
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

  test("of a kind that nobody knows is refused [S44]", async () => {
    const mount = await mounted([], { secrets: [account] });
    const message = "secret is unsupported by this backend";

    for (const type of [undefined, 5, "other", "toString"])
      for (const operation of ["renew", "revoke"] as const)
        await assert.rejects(mount[operation]({ secret: { internalData: { secret_type: type } } }), {
          kind: "unknown",
          message,
        });
    await assert.rejects(mount.revoke({ secret: {} }), { kind: "unknown", message });
  });

  test("must be in the request [S43]", async () => {
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

  test("is extended by the times that its handler gives, which sees the token and no fields [S42]", async () => {
    let seen: object = {};
    const hourly = token({
      internal: {},
      renew(context) {
        seen = context;
        return { ttl: 3600, maxTtl: 7200 };
      },
    });
    const mount = await harness(() => authMethod({ help: "", paths: [], token: hourly }));

    const renewed = await mount.renew({ auth: { internalData: {}, policies: ["a"] } }, { increment: 5 });

    assert.deepEqual([renewed?.auth?.ttl, renewed?.auth?.maxTtl, renewed?.auth?.policies], [3600, 7200, ["a"]]);
    assert.equal("fields" in seen, false);
    assert.equal("auth" in seen, true);
  });

  test("may keep something else, and be in other groups, from a renewal on", async () => {
    const refreshed = token({
      internal: { refresh: t.string({ required: true }) },
      renew: () => ({ internal: { refresh: "new" }, groupAliases: [{ name: "ops" }] }),
    });
    const mount = await harness(() => authMethod({ help: "", paths: [], token: refreshed }));

    const { auth } = (await mount.renew(refreshed.grant({ internal: { refresh: "old" }, alias: "bob" }))) ?? {};

    assert.deepEqual(auth?.internalData, { refresh: "new" });
    assert.deepEqual([auth?.alias, auth?.groupAliases], [{ name: "bob" }, [{ name: "ops" }]]);
  });

  test("is never granted or renewed for less than no time", async () => {
    const backwards = token({ internal: {}, renew: () => ({ period: -1 }) });
    const mount = await harness(() => authMethod({ help: "", paths: [], token: backwards }));

    for (const name of ["ttl", "maxTtl", "period", "explicitMaxTtl"]) {
      const message = `${name} duration must not be less than zero`;
      assert.throws(() => backwards.grant({ internal: {}, [name]: -1 }), { message });
      assert.throws(() => backwards.grant({ internal: {}, [name]: Number.POSITIVE_INFINITY }), RangeError);
    }
    assert.throws(() => backwards.grant({ internal: {}, numUses: -1 }), /^RangeError: numUses must not/);
    await assert.rejects(mount.renew({ auth: {} }), { kind: "internal" });
  });

  test("may belong to somebody with metadata", () => {
    const alias = { name: "bob", metadata: new Map([["team", "red"]]), customMetadata: new Map([["desk", "7"]]) };

    assert.deepEqual(session.grant({ internal: { fruit: "banana" }, alias }).auth?.alias, alias);
  });

  test("is renewable wherever there is a handler for it [S89]", async () => {
    const parameters = tokenParameters({ kind: "vault" });
    const granted = session.grant({ internal: { fruit: "apple" }, ...parameters.toGrant(parameters.none, {}) });

    assert.equal(granted.auth?.renewable, true);
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
