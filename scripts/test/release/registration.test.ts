import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { writeRegisterJson, writeRegisterScript } from "../../release/register-files.ts";
import { imageStanza } from "../../release/registration.ts";
import { sampleContents } from "./contents.ts";

const { plugin, binaries } = sampleContents();
const hash = "9a3a45d01531a20e89ac6ae10b0b0beb0492acd7216a368aa062d1a5fecaf9cd";

function printed(...args: readonly string[]) {
  const script = writeRegisterScript(plugin, binaries);
  const { stdout, stderr, status } = spawnSync("sh", ["-s", "--", ...args], { input: script, encoding: "utf8" });
  return { stdout, stderr, status };
}

test("prints how the file of a platform is registered in a catalogue of versions", () => {
  assert.equal(
    printed("linux_arm64").stdout,
    `vault plugin register -sha256=${hash} -version=v1.2.3 -command=vault-plugin-auth-badge_1.2.3_linux_arm64 auth vault-plugin-auth-badge
# The first time:
#   vault auth enable -path=badge vault-plugin-auth-badge
# To bring a mount to this version, or back to it:
#   vault auth tune -plugin-version=v1.2.3 badge/
#   vault write sys/plugins/reload/backend mounts=auth/badge/
`,
  );
});

test("prints the older form, without a version", () => {
  const { stdout } = printed("linux_amd64", "vault-before-1.12");

  const [command] = stdout.split("\n");
  assert.equal(
    command,
    `vault plugin register -sha256=${hash} -command=vault-plugin-auth-badge_1.2.3_linux_amd64 auth vault-plugin-auth-badge`,
  );
});

test("prints what OpenBao's configuration needs", () => {
  assert.equal(
    printed("linux_amd64", "openbao-declared").stdout,
    `plugin_auto_register = true

plugin "auth" "vault-plugin-auth-badge" {
  command   = "vault-plugin-auth-badge_1.2.3_linux_amd64"
  version   = "v1.2.3"
  sha256sum = "${hash}"
}
`,
  );
});

test("names the platforms and servers when it does not know one", () => {
  const { status, stdout, stderr } = printed("solaris_sparc");

  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /linux_arm64 +Linux on ARM64/);
  assert.match(stderr, /openbao-declared/);
});

test("says the same in JSON", () => {
  const json: { platforms: Record<string, Record<string, string>> } = JSON.parse(writeRegisterJson(plugin, binaries));

  assert.equal(json.platforms["linux_arm64"]?.["vault"], printed("linux_arm64").stdout);
  assert.equal(json.platforms["linux_arm64"]?.["sha256"], hash);
});

test("a stanza for an image has the image, its tag and the binary's hash", () => {
  assert.match(
    imageStanza(plugin, "registry.example.com/badge", hash),
    /image {5}= "registry.example.com\/badge"\n {2}version {3}= "v1.2.3"\n {2}sha256sum = "9a3a/,
  );
});
