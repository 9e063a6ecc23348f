import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEnvironment } from "../../src/rpc/environment.ts";
import { createSelfSigned } from "../../src/rpc/self-signed.ts";
import { type TlsProvider, tlsMaterialFor } from "../../src/rpc/tls-material.ts";

const identity = createSelfSigned();
const own = { identity, trusted: identity.certificate, serverName: "own" };
const offered = { PLUGIN_CLIENT_CERT: identity.certificate };
const ask = (variables: Readonly<Record<string, string>>, provider?: TlsProvider) =>
  tlsMaterialFor(parseEnvironment(variables, ["VAULT_"]), provider);

test("what a provider gives serves both roles, is not announced, and wins over an offered certificate", async () => {
  const material = await ask(offered, async () => own);

  assert.deepEqual(material, { server: own, client: own, announced: undefined });
});

test("a provider that gives nothing leaves the choice to the host", async () => {
  const nothing = async () => undefined;

  assert.equal(await ask({}, nothing), undefined);
  assert.notEqual((await ask(offered, nothing))?.announced, undefined);
});

test("no provider is asked in metadata mode, which has no TLS, nor with AutoMTLS", async () => {
  const fail = () => Promise.reject(new Error("asked"));

  assert.equal(await ask({ ...offered, VAULT_PLUGIN_METADATA_MODE: "true" }, fail), undefined);
  const material = await ask({ ...offered, VAULT_PLUGIN_AUTOMTLS_ENABLED: "true" }, fail);
  assert.equal(material?.server.trusted, identity.certificate);
});

test("a provider's failure has a code, its text and its cause", async () => {
  const cause = new Error("the vault of certificates is closed");

  await assert.rejects(
    ask({}, () => Promise.reject(cause)),
    { code: "tls-provider-failed", message: cause.message, cause },
  );
});
