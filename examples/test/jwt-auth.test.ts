import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { jwtAuth } from "../jwt-auth/jwt-auth.ts";
import { startIssuer } from "./issuer.ts";

test("names the user of a login that has not happened yet", async (context) => {
  const { mount, issuer } = await configured(context);
  const jwt = await issuer.sign({ sub: "ada", aud: "vault" });

  const answer = await mount.request("alias-lookahead", "login", { role: "deployer", jwt });

  assert.equal(answer?.auth?.alias?.name, "ada");
});

test("renews a token as the role is now", async (context) => {
  const { mount, issuer } = await configured(context);
  const jwt = await issuer.sign({ sub: "ada", aud: "vault" });
  const login = await mount.login("login", { role: "deployer", jwt });
  await mount.write("role/deployer", { token_policies: "deploy", token_ttl: "1h" });

  const renewed = await mount.renew(login);

  assert.equal(renewed?.auth?.ttl, 3600);
});

test("does not renew a token whose role has other policies now", async (context) => {
  const { mount, issuer } = await configured(context);
  const jwt = await issuer.sign({ sub: "ada", aud: "vault" });
  const login = await mount.login("login", { role: "deployer", jwt });
  await mount.write("role/deployer", { token_policies: "read" });

  await assert.rejects(mount.renew(login), {
    message: "the policies of the role have changed, so log in again",
  });
});

test("refuses a token without the claim that names the user", async (context) => {
  const { mount, issuer } = await configured(context);

  const attempt = mount.login("login", { role: "deployer", jwt: await issuer.sign({ aud: "vault" }) });

  await assert.rejects(attempt, { message: 'the token has no claim "sub"' });
});

test("refuses what is no token at all", async (context) => {
  const { mount } = await configured(context);

  const attempt = mount.login("login", { role: "deployer", jwt: "hello" });

  await assert.rejects(attempt, { message: "the token is refused: Invalid Compact JWS" });
});

test("fetches keys over HTTPS only", async () => {
  const mount = await harness(jwtAuth);
  const config = { jwks_url: "http://example.com/keys", issuer: "i", audience: "a" };

  await assert.rejects(mount.write("config", config), { message: "jwks_url must begin with https://" });
});

async function configured(context: TestContext) {
  const issuer = await startIssuer();
  const mount = await harness(jwtAuth);
  context.after(() => issuer.close());
  await mount.write("config", { jwks_url: issuer.jwksUrl, issuer: issuer.name, audience: "vault" });
  await mount.write("role/deployer", { token_policies: "deploy", token_ttl: "5m" });
  return { mount, issuer };
}
