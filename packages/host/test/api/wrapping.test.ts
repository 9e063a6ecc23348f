import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

test("exchanges a wrapping token for a new one with the same time", async () => {
  await using host = await startTestHost();
  const first = await wrap(host, { a: "b" });
  await host.clock.advance(30);

  const rewrapped = await host.call("POST", "sys/wrapping/rewrap", { body: { token: first } });
  const { token, ttl, creation_path: path } = rewrapped.body.wrap_info;
  const old = await host.call("POST", "sys/wrapping/lookup", { body: { token: first } });
  await host.clock.advance(40);
  const opened = await host.call("POST", "sys/wrapping/unwrap", { body: { token } });

  assert.deepEqual({ ttl, path }, { ttl: 60, path: "sys/wrapping/wrap" });
  assert.deepEqual([old.status, old.body.errors], [400, ["wrapping token is not valid or does not exist"]]);
  assert.deepEqual(opened.body.data, { a: "b" });
});

test("does not let a wrapping token exchange itself", async () => {
  await using host = await startTestHost();

  const refused = await host.call("POST", "sys/wrapping/rewrap", { token: await wrap(host, { a: "b" }) });

  assert.deepEqual([refused.status, refused.body.errors], [403, ["1 error occurred:\n\t* permission denied\n\n"]]);
});

test("wraps a token that is made, and tells its accessor", async () => {
  await using host = await startTestHost();

  const wrapped = await host.call("POST", "auth/token/create", {
    body: { policies: ["default"] },
    headers: { "X-Vault-Wrap-TTL": "60" },
  });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token: wrapped.body.wrap_info.token });

  assert.equal(wrapped.body.wrap_info.creation_path, "auth/token/create");
  assert.equal(opened.body.auth.accessor, wrapped.body.wrap_info.wrapped_accessor);
});

test("refuses to look at what is wrapped without any token", async () => {
  await using host = await startTestHost();

  const refused = await host.call("POST", "sys/wrapping/lookup", { token: "", body: {} });

  assert.deepEqual([refused.status, refused.body.errors], [403, ["error validating wrapping token: token is empty"]]);
});

test("signs wrapping tokens for those who ask for it, and takes them wherever something wrapped is meant", async () => {
  await using host = await startTestHost();
  const signed = async (): Promise<string> => {
    const headers = { "X-Vault-Wrap-TTL": "60", "X-Vault-Wrap-Format": "jwt" };
    return (await host.call("POST", "auth/token/create", { headers })).body.wrap_info.token;
  };
  const [first, second, third] = [await signed(), await signed(), await signed()];

  const claims = claimsOf(first);
  const looked = await host.call("POST", "sys/wrapping/lookup", { token: "", body: { token: first } });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token: first });
  const openedForOther = await host.call("POST", "sys/wrapping/unwrap", { body: { token: second } });
  const rewrapped = await host.call("POST", "sys/wrapping/rewrap", { body: { token: third } });
  const elsewhere = await host.call("GET", "auth/token/lookup-self", { token: third });

  const iat = host.clock.now().getTime() / 1000;
  assert.deepEqual(
    { ...claims, jti: "" },
    {
      accessor: opened.body.auth.accessor,
      addr: host.host.address,
      exp: iat + 60,
      iat,
      jti: "",
      nbf: iat - 5,
      type: "wrapping",
    },
  );
  assert.equal(looked.body.data.creation_path, "auth/token/create");
  assert.match(openedForOther.body.auth.client_token, /^hvs\./);
  assert.match(rewrapped.body.wrap_info.token, /^hvs\./);
  assert.deepEqual([elsewhere.status, elsewhere.body.errors], [500, ["1 error occurred:\n\t* internal error\n\n"]]);
});

test("does not sign for what clients wrap themselves", async () => {
  await using host = await startTestHost();
  const headers = { "X-Vault-Wrap-TTL": "60", "X-Vault-Wrap-Format": "jwt" };

  const wrapped = await host.call("POST", "sys/wrapping/wrap", { body: { a: "b" }, headers });

  assert.match(wrapped.body.wrap_info.token, /^hvs\.[0-9A-Za-z]{24}$/);
});

test("says what is wrong with a wrapping token", async () => {
  await using host = await startTestHost();
  const headers = { "X-Vault-Wrap-TTL": "60", "X-Vault-Wrap-Format": "jwt" };
  const { token } = (await host.call("GET", "sys/mounts", { headers })).body.wrap_info;
  const [head, claims, signature] = token.split(".");
  const forged = Buffer.from(JSON.stringify({ ...claimsOf(token), exp: 0 })).toString("base64url");
  const unsigned = Buffer.from('{"alg":"none"}').toString("base64url");
  const problemOf = async (given: unknown): Promise<unknown> => {
    const { status, body } = await host.call("POST", "sys/wrapping/unwrap", { body: { token: given } });
    return [status, body.errors[0].replace("error validating wrapping token: ", "")];
  };

  const primitive =
    "wrapping token signature could not be validated: go-jose/go-jose: error in cryptographic primitive";
  assert.deepEqual(await problemOf(`${head}.${forged}.${signature}`), [403, primitive]);
  assert.deepEqual(await problemOf(`${unsigned}.${claims}.`), [403, primitive]);
  assert.deepEqual(await problemOf(`${token}x`), [
    403,
    "wrapping token could not be parsed: illegal base64 data at input byte 176",
  ]);
  assert.deepEqual(await problemOf(`${head}.?.`), [
    403,
    "wrapping token could not be parsed: illegal base64 data at input byte 0",
  ]);
  assert.deepEqual(await problemOf(5), [403, "could not decode token in request body"]);
  assert.deepEqual(await problemOf(""), [403, "empty token in request body"]);
  assert.deepEqual(await problemOf(host.host.rootToken), [400, "wrapping token is not valid or does not exist"]);
});

test("takes signed wrapping tokens from before a restart", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-test-"));
  const headers = { "X-Vault-Wrap-TTL": "60", "X-Vault-Wrap-Format": "jwt" };
  let token = "";
  {
    await using host = await startTestHost({}, { dataDirectory });
    token = (await host.call("GET", "sys/auth", { headers })).body.wrap_info.token;
  }
  await using host = await startTestHost({}, { dataDirectory });

  const opened = await host.call("POST", "sys/wrapping/unwrap", { token });

  assert.equal(opened.body.data["token/"].type, "token");
});

test("keeps something wrapped as long as who exchanges its token asks, if that is shorter", async () => {
  await using host = await startTestHost();
  const token = await wrap(host, { a: "b" });
  const rewrap = (given: string, ttl: string) =>
    host.call("POST", "sys/wrapping/rewrap", { body: { token: given }, headers: { "X-Vault-Wrap-TTL": ttl } });

  const shorter = (await rewrap(token, "20")).body.wrap_info;
  const longer = (await rewrap(shorter.token, "600")).body.wrap_info;

  assert.deepEqual([shorter.ttl, longer.ttl], [20, 20]);
});

test("opens what was unwrapped into another wrapping", async () => {
  await using host = await startTestHost();
  const headers = { "X-Vault-Wrap-TTL": "60" };
  const token = await wrap(host, { a: "b" });

  const wrappedAgain = await host.call("POST", "sys/wrapping/unwrap", { body: { token }, headers });
  const opened = await host.call("POST", "sys/wrapping/unwrap", { token: wrappedAgain.body.wrap_info.token });

  assert.equal(wrappedAgain.body.wrap_info.creation_path, "sys/wrapping/unwrap");
  assert.deepEqual(opened.body.data, { a: "b" });
});

function claimsOf(token: string): object {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

async function wrap(host: TestHost, body: object): Promise<string> {
  const wrapped = await host.call("POST", "sys/wrapping/wrap", { body, headers: { "X-Vault-Wrap-TTL": "60" } });
  return wrapped.body.wrap_info.token;
}
