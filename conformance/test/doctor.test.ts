import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { binaryPath } from "../../scripts/compile.ts";
import { runToEnd } from "../plugin-process.ts";
import { exampleAuth, kv, sha256, totp, versionOf } from "../plugins.ts";

for (const { name, type } of [kv, totp, exampleAuth]) {
  const file = binaryPath(name);

  describe(`${name} doctor`, () => {
    let temporary = "";
    before(() => {
      temporary = mkdtempSync(join(tmpdir(), "vw-"));
    });
    after(() => rmSync(temporary, { recursive: true, force: true }));

    test("gives the commands to copy and finds a healthy machine well", async () => {
      const { code, stdout } = await runToEnd(file, { TMPDIR: temporary }, ["doctor"]);

      assert.equal(code, 0, stdout);
      const options = `-sha256=${sha256(file)} -version=${await versionOf(file)}`;
      const mounts = type === "auth" ? "auth" : "secrets";
      for (const command of ["vault", "bao"]) {
        assert.ok(stdout.includes(`\n  ${command} plugin register ${options} ${type} ${name}\n`), stdout);
        assert.ok(stdout.includes(`\n  ${command} ${mounts} enable ${name}\n`), stdout);
      }
      assert.match(stdout, /^ok {6}program: one file, with Bun [\d.]+ inside$/m);
      assert.match(
        stdout,
        new RegExp(`^ok {6}self-test: handshake after \\d+ ms, mutual TLS, health, type ${type},`, "m"),
      );
      assert.match(stdout, /memory: the plugin does not lock its memory/);
      assert.deepEqual(readdirSync(temporary), []);
    });

    test("is mentioned to whoever starts the file by hand", async () => {
      for (const args of [[], ["--help"]]) {
        assert.match((await runToEnd(file, {}, args)).stderr, /with the argument doctor/);
      }
    });
  });
}

describe("the doctor of a compiled plugin", () => {
  let temporary = "";
  before(() => {
    temporary = mkdtempSync(join(tmpdir(), "vw-"));
  });
  after(() => rmSync(temporary, { recursive: true, force: true }));

  test("names each failure with its repair, and ends with code 1", async () => {
    const missing = join(temporary, "missing");
    const env = { TMPDIR: temporary, PLUGIN_UNIX_SOCKET_DIR: missing, NODE_OPTIONS: "--no-warnings" };

    const { code, stdout } = await runToEnd(binaryPath(kv.name), env, ["doctor"]);

    assert.equal(code, 1, stdout);
    const failures = stdout.split("\n").filter((line) => line.startsWith("failed"));
    assert.deepEqual(
      failures.map((line) => /^failed {2}([^:]+): /.exec(line)?.[1]),
      ["socket directory", "environment", "self-test"],
    );
    assert.equal(stdout.match(/^ {8}repair: \S/gm)?.length, 3);
    assert.ok(stdout.endsWith("\n3 of 7 checks failed.\n"), stdout);
  });

  test("registers a renamed file under the plugin's name", async () => {
    const renamed = join(temporary, "kv-new");
    copyFileSync(binaryPath(kv.name), renamed);

    const { stdout } = await runToEnd(renamed, { TMPDIR: temporary }, ["doctor"]);

    assert.ok(stdout.includes(` -command=kv-new secret ${kv.name}\n`), stdout);
  });
});
