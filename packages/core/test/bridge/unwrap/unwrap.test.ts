import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { apiSettings } from "../../../src/bridge/unwrap/api-settings.ts";
import { unwrap } from "../../../src/bridge/unwrap/unwrap.ts";
import { createSelfSigned } from "../../../src/rpc/self-signed.ts";
import { temporaryDirectory } from "../../rpc/fixture.ts";
import { startApi, tokenOf } from "./fixture.ts";

const token = tokenOf({ addr: "http://ignored" });
const settings = apiSettings({});
const given = { status: 200, body: { data: { a: 1 } } };
const quick = { settings, retryDelayMs: 1 };

test("the request has the token, no other, and JSON's null [W44]", async (t) => {
  const { address, received } = await startApi(t, [given]);

  const body = await unwrap(token, { ...quick, address, settings: apiSettings({ VAULT_TOKEN: "another" }) });

  assert.deepEqual(JSON.parse(body), given.body);
  const [request] = received;
  assert.equal(`${request?.method} ${request?.url}`, "PUT /v1/sys/wrapping/unwrap");
  assert.equal(request?.headers["x-vault-token"], token);
  assert.equal(request?.headers["x-vault-request"], "true");
  assert.equal(request?.headers["x-vault-namespace"], undefined);
  assert.equal(request?.body, "null");
});

test("a namespace is passed on, and a path in the address stays", async (t) => {
  const { address, received } = await startApi(t, [given]);

  const namespaced = apiSettings({ VAULT_NAMESPACE: "team/" });
  await unwrap(token, { ...quick, address: `${address}/behind/`, settings: namespaced });

  assert.equal(received[0]?.url, "/behind/v1/sys/wrapping/unwrap");
  assert.equal(received[0]?.headers["x-vault-namespace"], "team/");
});

test("a server in trouble is asked again, as often as set", async (t) => {
  const { address, received } = await startApi(t, [{ status: 503 }, { status: 0 }, given]);

  await unwrap(token, { ...quick, address });

  assert.equal(received.length, 3);
});

test("after the last attempt the status is told", async (t) => {
  const { address, received } = await startApi(t, [{ status: 503, body: { errors: ["sealed"] } }]);

  await assert.rejects(unwrap(token, { ...quick, address, settings: apiSettings({ VAULT_MAX_RETRIES: "1" }) }), {
    message: "error during token unwrap request: status 503: sealed",
  });
  assert.equal(received.length, 2);
});

test("a refusal is final, and the token is cut out of it", async (t) => {
  const { address, received } = await startApi(t, [{ status: 400, body: { errors: [`bad token ${token}`] } }]);

  await assert.rejects(unwrap(token, { ...quick, address }), {
    message: "error during token unwrap request: status 400: bad token (token)",
  });
  assert.equal(received.length, 1);
});

test("a page that is no JSON leaves the status", async (t) => {
  const { address } = await startApi(t, [{ status: 404, body: "<html>" }]);

  await assert.rejects(unwrap(token, { ...quick, address }), {
    message: "error during token unwrap request: status 404",
  });
});

test("nobody at the address is told with the address", async () => {
  await assert.rejects(unwrap(token, { ...quick, address: "http://127.0.0.1:1" }), {
    message: /^cannot reach the server's API at http:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/,
  });
});

test("no answer in time is told", async (t) => {
  const { address } = await startApi(t, [{ status: 503 }]);

  const impatient = apiSettings({ VAULT_CLIENT_TIMEOUT: "100ms" });
  await assert.rejects(unwrap(token, { settings: impatient, retryDelayMs: 60_000, address }), {
    message: /^cannot reach the server's API at http:/,
  });
});

test("one redirection is followed, with all headers, and no second", async (t) => {
  const active = await startApi(t, [given]);
  const headers = { Location: `${active.address}/v1/sys/wrapping/unwrap` };
  const standby = await startApi(t, [{ status: 307, headers }]);

  await unwrap(token, { ...quick, address: standby.address });

  assert.equal(active.received[0]?.headers["x-vault-token"], token);
  const far = await startApi(t, [{ status: 307, headers: { Location: `${standby.address}/v1/sys/wrapping/unwrap` } }]);
  await assert.rejects(unwrap(token, { ...quick, address: far.address }), { message: /status 307/ });
});

test("addresses of other kinds are refused", async () => {
  for (const address of ["vault:8200", "unix:///run/vault.sock", "not an address"]) {
    await assert.rejects(unwrap(token, { ...quick, address }), {
      message: "the address of the server's API is no http or https address",
    });
  }
});

test("a server with TLS has to be known by file, by directory, or verification is off", async (t) => {
  const directory = temporaryDirectory(t);
  const { certificate, key } = createSelfSigned();
  writeFileSync(join(directory, "ca.pem"), certificate);
  const api = await startApi(t, [given], { cert: certificate, key });
  const address = `https://localhost:${api.port}`;
  const ask = (flags: object) =>
    unwrap(token, { ...quick, address, settings: { ...settings, maxRetries: 0, ...flags } });

  await assert.rejects(ask({}), { message: /self-signed certificate/ });
  assert.equal(api.received.length, 0);
  await ask({ caFile: join(directory, "ca.pem") });
  await ask({ caDirectory: directory });
  await ask({ isVerified: false });
  assert.equal(api.received.length, 3);
});

test("a server of another name is refused unless that name is expected", async (t) => {
  const directory = temporaryDirectory(t);
  const { certificate, key } = createSelfSigned();
  writeFileSync(join(directory, "ca.pem"), certificate);
  const { address } = await startApi(t, [given], { cert: certificate, key });
  const known = { ...settings, maxRetries: 0, caFile: join(directory, "ca.pem") };

  await assert.rejects(unwrap(token, { address, settings: known }), { message: /IP: 127\.0\.0\.1 is not in the cert/ });
  await unwrap(token, { address, settings: { ...known, serverName: "localhost" } });
});

test("a server never redirects from TLS to plain text", async (t) => {
  const { certificate, key } = createSelfSigned();
  const plain = await startApi(t, [given]);
  const redirect = { status: 302, headers: { Location: `${plain.address}/v1/sys/wrapping/unwrap` } };
  const { address } = await startApi(t, [redirect], { cert: certificate, key });

  await assert.rejects(unwrap(token, { ...quick, address, settings: { ...settings, isVerified: false } }), {
    message: /redirects to a connection without TLS/,
  });
  assert.equal(plain.received.length, 0);
});

test("a client's certificate is shown where the server wants one", async (t) => {
  const directory = temporaryDirectory(t);
  const { certificate, key } = createSelfSigned();
  const client = createSelfSigned();
  writeFileSync(join(directory, "client.pem"), client.certificate);
  writeFileSync(join(directory, "client.key"), client.key);
  const tls = { cert: certificate, key, ca: client.certificate, requestCert: true, rejectUnauthorized: true };
  const { address } = await startApi(t, [given], tls);
  const unknown = { ...settings, isVerified: false, maxRetries: 0 };
  const files = {
    clientCertificateFile: join(directory, "client.pem"),
    clientKeyFile: join(directory, "client.key"),
  };

  await unwrap(token, { address, settings: { ...unknown, ...files } });
  await assert.rejects(unwrap(token, { address, settings: unknown }), { message: /^cannot reach/ });
});
