import assert from "node:assert/strict";
import { test } from "node:test";
import type { Login } from "@vaultwright/core/testing";
import { mount, mountWithBob, type TestMount } from "./mount.ts";

/** Logs bob in, and gives the login as the server keeps it. */
async function logIn({ login }: TestMount): Promise<Login> {
  const made = await login("login/bob", { password: "pw" });
  return { ...made, auth: { ...made.auth, tokenPolicies: ["a", "b", "default"] } };
}

async function logInShared(mounted: TestMount): Promise<Login> {
  await mounted.write("config", { shared_secret: "one" });
  return mounted.login("login", { password: "one" });
}

const changedPolicies = { message: "policies have changed, not renewing" };
const changedSecret = { message: "internal data does not match" };

test("gives back all of the token with the lifetime of the user [A85]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);
  const issueTime = new Date(0);

  const renewed = await mounted.renew(token, { path: "login/bob", increment: 20, issueTime });

  assert.deepEqual(renewed?.auth, { ...token.auth, increment: 20, issueTime });
});

test("follows the lifetimes of the user [A81, A86]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.write("users/bob", { token_ttl: "20m", token_max_ttl: "1h", token_period: "30s" });

  const auth = (await mounted.renew(token))?.auth;
  assert.deepEqual([auth?.ttl, auth?.maxTtl, auth?.period], [1200, 3600, 30]);
});

test("refuses to renew when the policies of the user changed [A87]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.write("users/bob", { token_policies: "c" });

  await assert.rejects(mounted.renew(token), changedPolicies);
});

test("renews when the policies are the same in other words [A88]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.write("users/bob", { token_policies: "b,a,default,A" });

  assert.equal((await mounted.renew(token))?.auth?.ttl, 600);
});

test("renews a token without any policy", async () => {
  const mounted = await mountWithBob({ token_policies: "", token_no_default_policy: true });
  const token = await mounted.login("login/bob", { password: "pw" });

  assert.equal((await mounted.renew(token))?.auth?.ttl, 600);
});

test("neither renews nor refuses when the user is gone [A89, A135]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.delete("users/bob");

  assert.equal(await mounted.renew(token), undefined);
});

test("renews after the password changed [A90]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.write("users/bob/password", { password: "new" });

  assert.equal((await mounted.renew(token))?.auth?.ttl, 600);
});

test("does not look at bound addresses again, and leaves those of the token [A91]", async () => {
  const mounted = await mountWithBob();
  const token = await logIn(mounted);

  await mounted.write("users/bob", { token_bound_cidrs: "10.9.9.0/24" });

  const auth = (await mounted.renew(token))?.auth;
  assert.equal(auth?.ttl, 600);
  assert.deepEqual(auth?.boundCidrs, token.auth.boundCidrs);
});

test("refuses a renewal without a token, and lives on [A136]", async () => {
  const mounted = await mountWithBob();

  await assert.rejects(mounted.request("renew", "login/bob"), { message: "request auth was nil" });
  assert.equal((await logIn(mounted)).auth.displayName, "bob");
});

test("renews a login by the shared secret with the lifetimes of the settings [A14, A15, A16]", async () => {
  const mounted = await mount();
  const token = await logInShared(mounted);

  await mounted.write("config", { shared_ttl: "1m" });

  const auth = (await mounted.renew(token, { path: "login" }))?.auth;
  assert.deepEqual([auth?.ttl, auth?.maxTtl, auth?.renewable], [60, 3600, true]);
  assert.deepEqual(auth?.metadata, new Map([["fruit", "banana"]]));
});

test("renews a login by a shared secret that was written again", async () => {
  const mounted = await mount();
  const token = await logInShared(mounted);

  await mounted.write("config", { shared_secret: "one" });

  assert.equal((await mounted.renew(token))?.auth?.ttl, 30);
});

test("refuses to renew a login by a shared secret that is no longer the one", async () => {
  const mounted = await mount();
  const token = await logInShared(mounted);

  await mounted.write("config", { shared_secret: "two" });
  await assert.rejects(mounted.renew(token), changedSecret);
  await mounted.delete("config");
  await assert.rejects(mounted.renew(token), changedSecret);
});

test("keeps an id with the token of a shared login, and neither secret nor hash", async () => {
  const { auth } = await logInShared(await mount());

  assert.deepEqual(Object.keys(auth.internalData ?? {}), ["shared_secret_id"]);
  assert.match(String(auth.internalData?.["shared_secret_id"]), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

test("does not take metadata for the name of a user", async () => {
  const mounted = await mountWithBob();
  await mounted.write("config", { shared_secret: "one", shared_metadata: { username: "bob" } });
  const token = await mounted.login("login", { password: "one" });

  assert.equal((await mounted.renew(token))?.auth?.ttl, 30);
});
