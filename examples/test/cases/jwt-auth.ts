import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mustSucceed, type VaultServer } from "../../../scripts/start/server.ts";
import { type Issuer, startIssuer } from "../issuer.ts";

/** What logins with signed tokens must do in every server, with an issuer of their own. */
export function jwtAuthCases(server: () => VaultServer): void {
  const client = () => server().client;
  let issuer: Issuer;

  before(async () => {
    issuer = await startIssuer();
    const config = { jwks_url: issuer.jwksUrl, issuer: issuer.name, audience: "vault" };
    await mustSucceed("configure", client().write("auth/jwt-auth/config", config));
    const role = { bound_claims: { team: "ops" }, token_policies: "deploy", token_ttl: "5m" };
    await mustSucceed("write the role", client().write("auth/jwt-auth/role/deployer", role));
  });

  after(() => issuer.close());

  test("logs in the holder of a signed token, with the role's policies", async () => {
    const jwt = await issuer.sign({ sub: "ada", aud: "vault", team: "ops" });

    const answer = await mustSucceed("log in", logIn(jwt));

    assert.deepEqual(answer.at("auth", "policies"), ["default", "deploy"]);
    assert.equal(answer.at("auth", "lease_duration"), 300);
    assert.deepEqual(answer.at("auth", "metadata"), { role: "deployer" });
  });

  test("gives the login an identity, and renews its token", async () => {
    const login = await mustSucceed("log in", logIn(await issuer.sign({ sub: "ada", aud: "vault", team: "ops" })));
    const own = client().withToken(String(login.at("auth", "client_token")));

    const renewed = await mustSucceed("renew", own.write("auth/token/renew-self"));

    assert.notEqual(login.at("auth", "entity_id"), "");
    assert.equal(renewed.at("auth", "lease_duration"), 300);
  });

  test("refuses a token for somebody else", async () => {
    const { status, errors } = await logIn(await issuer.sign({ sub: "ada", aud: "another", team: "ops" }));

    assert.equal(status, 400);
    assert.match(errors.join(), /the token is refused: unexpected "aud" claim value/);
  });

  test("refuses a token whose claims do not fit the role", async () => {
    const { status, errors } = await logIn(await issuer.sign({ sub: "ada", aud: "vault", team: "sales" }));

    assert.equal(status, 400);
    assert.match(errors.join(), /the token's claim "team" does not fit the role/);
  });

  test("refuses a token that another key has signed", async () => {
    const other = await startIssuer();
    const forged = await other.sign({ iss: issuer.name, sub: "ada", aud: "vault", team: "ops" });
    await other.close();

    const { status, errors } = await logIn(forged);

    assert.equal(status, 400);
    assert.match(errors.join(), /the token is refused: signature verification failed/);
  });

  const logIn = (jwt: string) => client().withToken(undefined).write("auth/jwt-auth/login", { role: "deployer", jwt });
}
