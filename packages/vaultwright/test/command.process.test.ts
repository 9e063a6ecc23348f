import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const main = join(import.meta.dirname, "..", "src", "main.ts");
const folder = mkdtempSync(join(tmpdir(), "vaultwright-command-"));

after(() => rmSync(folder, { recursive: true }));

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown command", ["frob"], /unknown command 'frob'/],
  ["an unknown option", ["build", "--fast"], /unknown option '--fast'/],
  [
    "a new plugin without a name",
    ["new"],
    /^vaultwright: name the plugin, for instance: vaultwright new notes --type s/,
  ],
  ["a new plugin of no kind", ["new", "notes"], /say what notes is to be: --type secrets for a secrets engine/],
  ["a kind that there is not", ["new", "notes", "--type", "database"], /Allowed choices are secrets, auth/],
  ["a folder without a plugin", ["build"], /package\.json does not exist; go to the folder of a plugin, or make one/],
  ["a platform that there is not", ["build", "--target", "plan9"], /It must be one of darwin-arm64, .*win32-x64/],
  ["an inspector that is no address", ["dev", "--inspect", "src/main.ts"], /It must be a port, or HOST:PORT/],
  ["a server without its plugin directory", ["dev", "--vault", "http://h"], /--vault and --plugin-dir belong together/],
  ["a plugin directory without a server", ["register", "--plugin-dir", "p"], /--plugin-dir needs --vault/],
];

for (const [what, argv, message] of refused) {
  test(`refuses ${what}`, () => {
    const { status, stderr } = spawnSync(process.execPath, ["--conditions=@vaultwright/source", main, ...argv], {
      cwd: folder,
      env: { ...process.env, VAULT_TOKEN: "root" },
      encoding: "utf8",
    });

    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
}
