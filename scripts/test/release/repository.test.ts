import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { root } from "../../project.ts";
import { bunPartsVersion } from "../../release/bun-parts.ts";
import { changesOf } from "../../release/changes.ts";
import { formatPlan, readPlan } from "../../release/plan.ts";
import { readRevision } from "../../release/revision.ts";
import { runtimesSource } from "../../release/runtimes.ts";
import { targets } from "../../release/targets.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vaultwright-repository-"));
  const plugin = join(folder, "plugins", "badge");
  mkdirSync(plugin, { recursive: true });
  writeFileSync(join(plugin, "package.json"), JSON.stringify({ name: "vault-plugin-auth-badge", version: "1.2.3" }));
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "All");
});

afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: readonly string[]): string {
  const env = { ...process.env, GIT_COMMITTER_DATE: "2026-11-21T16:00:00Z", GIT_AUTHOR_DATE: "2020-01-01T00:00:00Z" };
  return execFileSync("git", args, { cwd: folder, env, encoding: "utf8" }).trim();
}

test("a revision is the commit with its date", async () => {
  assert.deepEqual(await readRevision(folder, {}), {
    commit: git("rev-parse", "HEAD"),
    date: new Date("2026-11-21T16:00:00Z"),
  });
});

test("the date may be given, as other tools that reproduce builds take it", async () => {
  assert.deepEqual((await readRevision(folder, { SOURCE_DATE_EPOCH: "86400" })).date, new Date("1970-01-02T00:00:00Z"));
  await assert.rejects(readRevision(folder, { SOURCE_DATE_EPOCH: "today" }), { message: /SOURCE_DATE_EPOCH is today/ });
});

test("changed sources are not taken for the commit's", async () => {
  writeFileSync(join(folder, "new.ts"), "");

  assert.equal((await readRevision(folder, {})).commit, `${git("rev-parse", "HEAD")}-changed`);
});

test("a plan names the plugins whose version has no tag", async () => {
  assert.equal(formatPlan(await readPlan(folder)), "has-changesets=false\nplugins=vault-plugin-auth-badge\n");

  git("tag", "vault-plugin-auth-badge@1.2.3");
  mkdirSync(join(folder, ".changeset"));
  writeFileSync(join(folder, ".changeset", "change.md"), "");

  assert.equal(formatPlan(await readPlan(folder)), "has-changesets=true\nplugins=\n");
});

test("takes the entry of a version out of a changelog", () => {
  const changelog =
    "# vault-plugin-auth-badge\n\n## 1.2.30\n\nNew\n\n## 1.2.3\n\n### Minor\n\n- This\n\n## 1.2.2\n\nOld\n";
  writeFileSync(join(folder, "CHANGELOG.md"), changelog);
  const plugin = { name: "vault-plugin-auth-badge", version: "v1.2.3", folder };

  assert.equal(changesOf(plugin), "# vault-plugin-auth-badge v1.2.3\n\n### Minor\n\n- This\n");
  assert.match(changesOf({ ...plugin, version: "v9.9.9" }), /has no entry of this version/);
});

test("releases are made with the runtime that the project is tested with, and whose parts are listed", () => {
  const { optionalDependencies }: { optionalDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(runtimesSource, "package.json"), "utf8"),
  );

  assert.deepEqual(Object.keys(dependencies).sort(), [...new Set(targets.map(({ runtime }) => runtime))].sort());
  assert.deepEqual([...new Set(Object.values(dependencies))], [optionalDependencies["@oven/bun-linux-x64"]]);
  assert.equal(optionalDependencies["@oven/bun-linux-x64"], bunPartsVersion);
});
