import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runtimes } from "../rpc/fixture.ts";

const fixture = fileURLToPath(new URL("../fixtures/plugin.ts", import.meta.url));

function doctor(file: string, env: Readonly<Record<string, string>>) {
  const args = ["--conditions=@vaultwright/source", fixture, "doctor"];
  return new Promise<{ readonly code: number; readonly stdout: string }>((resolve) => {
    const child = execFile(file, args, { env: { PATH: process.env["PATH"], ...env } }, (_error, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

for (const { name, file } of runtimes) {
  describe(`the doctor of a script on ${name}`, () => {
    let temporary = "";
    before(() => {
      temporary = mkdtempSync(join(tmpdir(), "vw-"));
    });
    after(() => rmSync(temporary, { recursive: true, force: true }));

    test("says what the plugin is, tries it as a host does, and leaves nothing behind", async () => {
      const { code, stdout } = await doctor(file, { TMPDIR: temporary });

      assert.equal(code, 0, stdout);
      const sha256 = createHash("sha256").update(readFileSync(fixture)).digest("hex");
      assert.deepEqual(stdout.split("\n").slice(0, 4), [
        "vault-plugin-secrets-test v1.2.3 is a secrets engine for Vault and OpenBao.",
        `  file    ${fixture}`,
        `  sha256  ${sha256}`,
        "",
      ]);
      assert.match(
        stdout,
        /^ok {6}self-test: handshake after \d+ ms, mutual TLS, health, type secret, version v1\.2\.3, clean end$/m,
      );
      assert.ok(stdout.endsWith("\nAll is well.\n"), stdout);
      assert.deepEqual(readdirSync(temporary), []);
    });

    test("offers no command to register a script, and says why", async () => {
      const { stdout } = await doctor(file, { TMPDIR: temporary });

      assert.match(
        stdout,
        new RegExp(`^note {4}program: a script run by ${name} [\\d.]+\\. A server starts one file`, "m"),
      );
      assert.doesNotMatch(stdout, /plugin register/);
    });

    test("names cause and repair of each failure, and ends with code 1", async () => {
      const missing = join(temporary, "missing");

      const { code, stdout } = await doctor(file, { TMPDIR: temporary, PLUGIN_UNIX_SOCKET_DIR: missing });

      assert.equal(code, 1);
      assert.match(
        stdout,
        new RegExp(`^failed {2}socket directory: no socket can be made in ${missing}: .*\n {8}repair: `, "m"),
      );
      assert.match(
        stdout,
        /^failed {2}self-test: cannot start plugin .*; it logged: no socket can be made in .*\n {8}repair: /m,
      );
      assert.ok(stdout.endsWith("\n2 of 6 checks failed.\n"), stdout);
    });

    test("is no business of a host", async () => {
      const cookie = { VAULT_BACKEND_PLUGIN: "6669da05-b1c8-4f49-97d9-c8e5bed98e20" };

      const { code, stdout } = await doctor(file, { ...cookie, PLUGIN_UNIX_SOCKET_DIR: join(temporary, "missing") });

      assert.deepEqual([code, stdout], [1, ""]);
    });
  });
}
