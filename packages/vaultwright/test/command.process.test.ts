import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const main = join(import.meta.dirname, "..", "src", "main.ts");
const folder = mkdtempSync(join(tmpdir(), "vaultwright-command-"));

const plugin = join(folder, "plugin");
mkdirSync(join(plugin, "src"), { recursive: true });
writeFileSync(join(plugin, "package.json"), '{"name":"vault-plugin-secrets-notes","version":"0.1.0"}');
writeFileSync(join(plugin, "src", "main.ts"), "");
const unversioned = join(folder, "unversioned");
mkdirSync(unversioned);
writeFileSync(join(unversioned, "package.json"), '{"name":"vault-plugin-secrets-notes","version":"1.2"}');
const nobodyListens = "http://127.0.0.1:9";

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
    const { status, stderr } = vaultwright(folder, argv);

    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
}

const refusedWithPlugin: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    "to examine a file without the right to execute it",
    ["doctor", "package.json"],
    /executed; allow it with: chmod 0755/,
  ],
  ["to examine a folder", ["doctor", "src"], /src is no file; name the plugin's file itself/],
  ["to register a folder", ["register", "src"], /src is no file; name the plugin's file itself/],
  [
    "to copy a file into a plugin directory that is not there",
    ["register", "package.json", "--vault", nobodyListens, "--plugin-dir", "nowhere"],
    /nowhere is no folder; --plugin-dir must name the plugin_directory of the server/,
  ],
  [
    "to develop in a plugin directory that is not there",
    ["dev", "--vault", nobodyListens, "--plugin-dir", "nowhere"],
    /nowhere is no folder; --plugin-dir must name the plugin_directory of the server/,
  ],
];

for (const [what, argv, message] of refusedWithPlugin) {
  test(`refuses ${what}`, () => {
    const { status, stderr } = vaultwright(plugin, argv);

    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
}

test("refuses a version that no server takes before anything is built", () => {
  const { status, stderr } = vaultwright(unversioned, ["build"]);

  assert.equal(status, 1);
  assert.match(stderr, /package\.json: the version 1\.2 must be like 1\.2\.3, as servers want it\n$/);
});

test("says where a file must be that is registered without a copy of it", () => {
  const { stdout } = vaultwright(plugin, ["register", "package.json", "--vault", nobodyListens]);

  assert.equal(stdout, "the server's plugin directory must have this file; --plugin-dir copies it\n");
});

test("says how npm create vaultwright is called", () => {
  const { stdout } = npmCreate(["--help"]);

  assert.match(stdout, /^Usage: npm create vaultwright \[name\] -- \[options\]$/m);
});

test("refuses what npm create vaultwright cannot be given, with an example", () => {
  const extraWord = npmCreate(["notes", "secrets"]);
  const noKind = npmCreate(["notes"]);

  assert.match(extraWord.stderr, /too many arguments.*\n+For instance: npm create vaultwright notes -- --type secrets/);
  assert.match(noKind.stderr, /^npm create vaultwright: say .*For instance: npm create vaultwright notes -- --type s/);
  assert.deepEqual([extraWord.status, noKind.status], [1, 1]);
});

function npmCreate(argv: readonly string[]) {
  return runScript(join(import.meta.dirname, "..", "..", "create-vaultwright", "main.js"), folder, argv);
}

function vaultwright(cwd: string, argv: readonly string[]) {
  return runScript(main, cwd, argv);
}

function runScript(file: string, cwd: string, argv: readonly string[]) {
  return spawnSync(process.execPath, ["--conditions=@vaultwright/source", file, ...argv], {
    cwd,
    env: { ...process.env, VAULT_TOKEN: "root" },
    encoding: "utf8",
    timeout: 30_000,
  });
}
