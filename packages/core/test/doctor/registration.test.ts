import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { registrationLines } from "../../src/doctor/registration.ts";

const base = { name: "vault-plugin-auth-example", version: "v1.2.3", sha256: "ab12" };

describe("the commands that register a plugin", () => {
  test("are complete for both products", () => {
    const file = "/plugins/vault-plugin-auth-example";

    assert.deepEqual(registrationLines({ ...base, type: "auth", file }), [
      "With the file in the server's plugin_directory, on Vault:",
      "  vault plugin register -sha256=ab12 -version=v1.2.3 auth vault-plugin-auth-example",
      "  vault auth enable vault-plugin-auth-example",
      "On OpenBao:",
      "  bao plugin register -sha256=ab12 -version=v1.2.3 auth vault-plugin-auth-example",
      "  bao auth enable vault-plugin-auth-example",
      "Vault before 1.12 knows no -version; leave it out there.",
    ]);
  });

  test("name the file where it is not called like the plugin", () => {
    const [, line] = registrationLines({ ...base, type: "secret", file: "/plugins/it's new" });

    assert.equal(
      line,
      "  vault plugin register -sha256=ab12 -version=v1.2.3 -command='it'\\''s new' secret vault-plugin-auth-example",
    );
  });

  test("leave the kind open where nobody told it", () => {
    const text = registrationLines({ ...base, type: undefined, file: "/p" }).join("\n");

    assert.match(text, /TYPE vault-plugin-auth-example\n {2}vault MOUNTS enable /);
    assert.match(text, /\nTYPE is secret or auth, and MOUNTS/);
  });
});
