import assert from "node:assert/strict";
import { test } from "node:test";
import { mount, mountWithBob } from "../mount.ts";

const wrong = { kind: "user", message: "invalid username or password" };
const denied = { kind: "permission-denied", message: "permission denied" };

test("logs in with the policies and the lifetime of the user [A62]", async () => {
  const { login } = await mountWithBob();

  const { auth } = await login("login/bob", { password: "pw" });

  assert.deepEqual(auth.policies, ["a", "b"]);
  assert.deepEqual(auth.metadata, new Map([["username", "bob"]]));
  assert.equal(auth.ttl, 600);
  assert.equal(auth.renewable, true);
});

test("knows a user by the lower-case name, however it is typed [A63, A64]", async () => {
  const { login } = await mountWithBob();

  const { auth } = await login("login/BoB", { password: "pw" });

  assert.equal(auth.alias?.name, "bob");
  assert.equal(auth.displayName, "bob");
  assert.equal(auth.metadata?.get("username"), "bob");
});

for (const [what, path, data] of [
  ["a wrong password [A65]", "login/bob", { password: "bad" }],
  ["an unknown user [A66]", "login/none", { password: "pw" }],
  ["no password [A126]", "login/bob", {}],
  ["an empty password [A126]", "login/bob", { password: "" }],
  ["a password longer than any", "login/bob", { password: "x".repeat(1025) }],
] as const)
  test(`gives the one answer to ${what}`, async () => {
    const { login } = await mountWithBob();

    await assert.rejects(login(path, data), wrong);
  });

test("hashes once for a wrong password and once for an unknown user [A69]", async () => {
  const { login, hashes } = await mountWithBob();

  const before = hashes.count;
  await assert.rejects(login("login/bob", { password: "bad" }));
  const wrongPassword = hashes.count - before;
  await assert.rejects(login("login/none", { password: "bad" }));
  const unknownUser = hashes.count - before - wrongPassword;

  assert.deepEqual([wrongPassword, unknownUser], [1, 1]);
});

test("takes the name of the path, and warns of one in the body [A70]", async () => {
  const { login } = await mountWithBob();

  const { auth, warnings } = await login("login/bob", { password: "pw", username: "eve" });

  assert.equal(auth.metadata?.get("username"), "bob");
  assert.deepEqual(warnings, [
    "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [username]",
  ]);
});

test("cannot be read [A71]", async () => {
  const { read } = await mountWithBob();

  await assert.rejects(read("login/bob"), { kind: "unsupported-operation" });
});

test("refuses the right password from an address that is not bound [A72]", async () => {
  const { login } = await mountWithBob({ token_bound_cidrs: "10.9.9.0/24" });

  await assert.rejects(login("login/bob", { password: "pw" }), denied);
});

test("refuses a bound user whose address is not known", async () => {
  const { login } = await mountWithBob({ token_bound_cidrs: "10.9.9.0/24" });

  await assert.rejects(login("login/bob", { password: "pw" }, { connection: {} }), denied);
});

test("looks at the password before the address [A73]", async () => {
  const { login } = await mountWithBob({ token_bound_cidrs: "10.9.9.0/24" });

  await assert.rejects(login("login/bob", { password: "bad" }), wrong);
});

test("binds the token to the addresses of the user [A74]", async () => {
  const { login } = await mountWithBob({ token_bound_cidrs: "127.0.0.1/32" });

  const { auth } = await login("login/bob", { password: "pw" });

  assert.deepEqual(auth.boundCidrs, ["127.0.0.1"]);
});

test("hands the token settings of the user to the server [A76, A77, A78, A79, A81, A82]", async () => {
  const { login } = await mountWithBob({
    token_policies: "root,response-wrapping",
    token_no_default_policy: true,
    token_num_uses: 2,
    token_period: "30s",
    token_max_ttl: "1h",
    token_explicit_max_ttl: "20s",
    token_type: "service",
  });

  const { auth } = await login("login/bob", { password: "pw" });

  assert.deepEqual(
    {
      // The server refuses to make such a token.
      policies: auth.policies,
      noDefaultPolicy: auth.noDefaultPolicy,
      numUses: auth.numUses,
      period: auth.period,
      maxTtl: auth.maxTtl,
      explicitMaxTtl: auth.explicitMaxTtl,
      tokenType: auth.tokenType,
    },
    {
      policies: ["root"],
      noDefaultPolicy: true,
      numUses: 2,
      period: 30,
      maxTtl: 3600,
      explicitMaxTtl: 20,
      tokenType: "service",
    },
  );
});

test("asks for a batch token where the user has that type [A80]", async () => {
  const { login } = await mountWithBob({ token_type: "batch" });

  assert.equal((await login("login/bob", { password: "pw" })).auth.tokenType, "batch");
});

test("leaves the lifetime to the server where the user has none [A83]", async () => {
  const { login } = await mountWithBob({ token_ttl: 0 });

  assert.equal((await login("login/bob", { password: "pw" })).auth.ttl ?? 0, 0);
});

test("counts every byte of a password [A128]", async () => {
  const password = "0123456789".repeat(20);
  const { login } = await mountWithBob({ password });

  assert.equal((await login("login/bob", { password })).auth.displayName, "bob");
  await assert.rejects(login("login/bob", { password: password.slice(0, 72) }), wrong);
});

test("keeps no secret with the token", async () => {
  const { login } = await mountWithBob();

  const { auth } = await login("login/bob", { password: "pw" });

  assert.deepEqual(JSON.parse(JSON.stringify(auth.internalData ?? {})), {});
});

test("tells the alias of a login before it happens, and nothing else [A133]", async () => {
  const { request } = await mount();

  const answer = await request("alias-lookahead", "login/BoB", { password: "bad" });

  assert.equal(answer?.auth?.alias?.name, "bob");
  assert.equal(answer?.data, undefined);
});
