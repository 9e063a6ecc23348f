import assert from "node:assert/strict";
import { test } from "node:test";
import { apiSettings } from "../../../src/bridge/unwrap/api-settings.ts";
import { parseGoDuration } from "../../../src/bridge/unwrap/go-values.ts";

test("without any setting the server is verified, for a minute, with two more attempts", () => {
  const { isVerified, timeoutMs, maxRetries, ...rest } = apiSettings({});

  assert.deepEqual([isVerified, timeoutMs, maxRetries], [true, 60_000, 2]);
  assert.deepEqual(new Set(Object.values(rest)), new Set([undefined]));
});

test("the environment of the API's client is read", () => {
  const settings = apiSettings({
    VAULT_CACERT: "a.pem",
    VAULT_CAPATH: "/certs",
    VAULT_CLIENT_CERT: "c.pem",
    VAULT_CLIENT_KEY: "k.pem",
    VAULT_SKIP_VERIFY: "1",
    VAULT_TLS_SERVER_NAME: "vault.example",
    VAULT_NAMESPACE: "team",
    VAULT_CLIENT_TIMEOUT: "1m30s",
    VAULT_MAX_RETRIES: "0",
  });

  assert.deepEqual(settings, {
    caFile: "a.pem",
    caDirectory: "/certs",
    clientCertificateFile: "c.pem",
    clientKeyFile: "k.pem",
    isVerified: false,
    serverName: "vault.example",
    namespace: "team",
    timeoutMs: 90_000,
    maxRetries: 0,
  });
});

test("OpenBao's names win over Vault's, even when they are empty", () => {
  const { caFile, namespace } = apiSettings({
    BAO_CACERT: "bao.pem",
    VAULT_CACERT: "vault.pem",
    BAO_NAMESPACE: "",
    VAULT_NAMESPACE: "team",
  });

  assert.deepEqual([caFile, namespace], ["bao.pem", undefined]);
});

test("one flag for authorities replaces both settings for them, and the others stay", () => {
  const variables = { VAULT_CACERT: "a.pem", VAULT_CLIENT_CERT: "c.pem", VAULT_CLIENT_KEY: "k.pem" };

  const settings = apiSettings(variables, { caDirectory: "/flag" });

  assert.equal(settings.caFile, undefined);
  assert.equal(settings.caDirectory, "/flag");
  assert.equal(settings.clientCertificateFile, "c.pem");
});

test("the flag for verification only switches it off", () => {
  assert.equal(apiSettings({}, { skipsVerification: true }).isVerified, false);
  assert.equal(apiSettings({ VAULT_SKIP_VERIFY: "true" }, { skipsVerification: false }).isVerified, false);
});

test("a client's certificate without its key is refused, also when the other is in the environment", () => {
  const message = "both client cert and client key must be provided";

  assert.throws(() => apiSettings({ VAULT_CLIENT_CERT: "c.pem" }), { message });
  assert.throws(() => apiSettings({ VAULT_CLIENT_KEY: "k.pem" }, { clientCertificateFile: "c.pem" }), { message });
});

test("what cannot be read is refused by name", () => {
  for (const name of ["VAULT_SKIP_VERIFY", "VAULT_CLIENT_TIMEOUT", "VAULT_MAX_RETRIES"]) {
    assert.throws(() => apiSettings({ [name]: "unreadable" }), { message: `could not parse ${name}` });
  }
});

test("durations are seconds, or have units", () => {
  const texts = ["0", "45", "1.5s", "250ms", "1h2m3s", "", "s", "5 s", "-1s"];

  const durations = texts.map(parseGoDuration);

  assert.deepEqual(durations, [0, 45_000, 1500, 250, 3_723_000, undefined, undefined, undefined, undefined]);
});
