import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hostOf, hostPrefixes } from "../../src/bridge/host-product.ts";
import { parseEnvironment } from "../../src/rpc/environment.ts";

function host(variables: Readonly<Record<string, string>>) {
  return hostOf(parseEnvironment(variables, hostPrefixes));
}

describe("the product that started a plugin", () => {
  test("is OpenBao where the version has OpenBao's name, also beside Vault's", () => {
    assert.deepEqual(host({ BAO_VERSION: "2.5.5" }), { kind: "openbao", version: "2.5.5" });
    assert.deepEqual(host({ VAULT_VERSION: "1.0.0", BAO_VERSION: "2.5.5" }), { kind: "openbao", version: "2.5.5" });
    assert.deepEqual(host({ VAULT_VERSION: "1.0.0", BAO_VERSION: "" }), { kind: "openbao", version: "" });
  });

  test("is Vault where the version has Vault's name only", () => {
    assert.deepEqual(host({ VAULT_VERSION: "1.21.4" }), { kind: "vault", version: "1.21.4" });
  });

  test("is taken for Vault, of no version, where nothing is said", () => {
    assert.deepEqual(host({}), { kind: "vault", version: "" });
  });
});
