import assert from "node:assert/strict";
import { test } from "node:test";
import { mount, mountWithBob, type TestMount } from "../mount.ts";

const secret = "super-secret-password";
const denied = { kind: "permission-denied", message: "permission denied" };

async function mountWithSecret(settings: Readonly<Record<string, unknown>> = {}): Promise<TestMount> {
  const mounted = await mount();
  await mounted.write("config", { shared_secret: secret, ...settings });
  return mounted;
}

test("logs in with the shared secret alone, as the public sample does [A2, A3, A4, A138]", async () => {
  const { login } = await mountWithSecret();

  const { auth } = await login("login", { password: secret });

  assert.deepEqual(auth.policies, ["my-policy", "other-policy"]);
  assert.deepEqual(auth.metadata, new Map([["fruit", "banana"]]));
  assert.equal(auth.ttl, 30);
  assert.equal(auth.maxTtl, 3600);
  assert.equal(auth.renewable, true);
});

test("gives a login by the shared secret no identity and leaves its token to the server [A5, A13]", async () => {
  const { login } = await mountWithSecret();

  const { auth, data } = await login("login", { password: secret });

  assert.equal(auth.alias, undefined);
  assert.equal(auth.displayName ?? "", "");
  assert.equal(auth.numUses ?? 0, 0);
  assert.equal(auth.tokenType ?? "default", "default");
  assert.equal(data, undefined);
});

test("takes policies, metadata and lifetimes from the settings", async () => {
  const { login } = await mountWithSecret({
    shared_policies: "p",
    shared_metadata: { fruit: "cherry" },
    shared_ttl: 60,
    shared_max_ttl: 120,
  });

  const { auth } = await login("login", { password: secret });

  assert.deepEqual([auth.policies, auth.ttl, auth.maxTtl], [["p"], 60, 120]);
  assert.deepEqual(auth.metadata, new Map([["fruit", "cherry"]]));
});

for (const [what, data] of [
  ["a wrong secret [A6]", { password: "x" }],
  ["no secret [A7]", {}],
] as const)
  test(`refuses ${what}`, async () => {
    const { login } = await mountWithSecret();

    await assert.rejects(login("login", data), denied);
  });

for (const data of [{ password: secret }, { password: "" }, {}])
  test(`refuses ${JSON.stringify(data)} while no secret is configured`, async () => {
    const { login } = await mount();

    await assert.rejects(login("login", data), denied);
  });

test("refuses a password that is a list [A8]", async () => {
  const { login } = await mountWithSecret();

  await assert.rejects(login("login", { password: ["a", "b"] }), { kind: "user", message: /^Field validation failed/ });
});

test("cannot be read [A9]", async () => {
  const { read } = await mountWithSecret();

  await assert.rejects(read("login"), { kind: "unsupported-operation" });
});

test("never locks out logins by the shared secret [A21]", async () => {
  const { login } = await mountWithSecret();
  for (let time = 0; time < 10; time += 1) await assert.rejects(login("login", { password: "x" }), denied);

  assert.equal((await login("login", { password: secret })).auth.ttl, 30);
});

test("logs in a user who is named in the body", async () => {
  const { login } = await mountWithBob();

  const { auth } = await login("login", { username: "BOB", password: "pw" });

  assert.equal(auth.alias?.name, "bob");
  assert.deepEqual(auth.policies, ["a", "b"]);
});

test("does not take the shared secret for a user's password", async () => {
  const { login, write } = await mountWithBob();
  await write("config", { shared_secret: secret });

  const attempt = login("login", { username: "bob", password: secret });

  await assert.rejects(attempt, { kind: "user", message: "invalid username or password" });
});

test("takes no name that could lead out of the users' storage", async () => {
  const { login } = await mountWithBob();

  await assert.rejects(login("login", { username: "../config", password: "pw" }), { kind: "user" });
});

test("tells the alias of a named user, and refuses to make one up", async () => {
  const { request } = await mount();

  const answer = await request("alias-lookahead", "login", { username: "BoB" });

  assert.equal(answer?.auth?.alias?.name, "bob");
  assert.equal(answer?.data, undefined);
  await assert.rejects(request("alias-lookahead", "login", {}), { kind: "unknown", message: "missing username" });
});

test("gives the user's name as the role", async () => {
  const { request } = await mount();

  assert.deepEqual((await request("resolve-role", "login", { username: "BoB" }))?.data, { role: "bob" });
});

test("answers the server's probe for roles with an error [A134]", async () => {
  const { request } = await mount();

  await assert.rejects(request("resolve-role", "login"), { kind: "user" });
});

test("hashes the shared secret for the first login only, and every guess", async () => {
  const { hashes, login, write } = await mount();
  await write("config", { shared_secret: "one" });
  const count = async (password: string): Promise<number> => {
    const before = hashes.count;
    await login("login", { password }).catch(() => undefined);
    return hashes.count - before;
  };

  assert.deepEqual(
    [await count("one"), await count("one"), await count("two"), await count("two"), await count("one")],
    [1, 0, 1, 1, 0],
  );
});

test("forgets a shared secret that is no longer the one", async () => {
  const { login, write } = await mount();
  await write("config", { shared_secret: "one" });
  await login("login", { password: "one" });

  await write("config", { shared_secret: "two" });
  await assert.rejects(login("login", { password: "one" }), { kind: "permission-denied" });
  await write("config", { shared_secret: "" });
  await assert.rejects(login("login", { password: "two" }), { kind: "permission-denied" });
});
