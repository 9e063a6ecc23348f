import assert from "node:assert/strict";
import { test } from "node:test";
import { usageOf } from "../src/usage.ts";

test("names the commands for an auth method", () => {
  const usage = usageOf("vault-plugin-auth-example", "v1.2.3");

  assert.deepEqual(usage.slice(1), [
    "vault-plugin-auth-example v1.2.3 is a plugin of Vault and OpenBao. Copy this file into the server's plugin_directory, then:",
    "  vault plugin register -sha256=SHA256 -version=v1.2.3 auth vault-plugin-auth-example",
    "  vault auth enable vault-plugin-auth-example",
    "SHA256 is the file's checksum as it was published with it. With OpenBao, write bao instead of vault.",
    "Run this file with the argument doctor to have it checked, and these commands with the checksum filled in.",
  ]);
});

test("names the commands for a secrets engine", () => {
  const usage = usageOf("openbao-plugin-secrets-auth-notes", "v0.1.0").join("\n");

  assert.match(usage, /-version=v0\.1\.0 secret openbao-plugin-secrets-auth-notes\n {2}vault secrets enable openbao-/);
});

test("leaves the kind open where the name does not tell it", () => {
  const usage = usageOf("notes", "v0.1.0").join("\n");

  assert.match(usage, /v0\.1\.0 TYPE notes\n {2}vault MOUNTS enable notes\nTYPE is secret or auth, /);
});
