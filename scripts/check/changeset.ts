// Fails when sources that users notice have changed since the last release and no changeset says so. Changesets' own
// status command compares with a branch, which on that branch says nothing.
import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { root } from "../project.ts";

const noticed = ["packages/*/src", "plugins/*/src"];

const lastTag = git("tag", "--list", "--sort=-creatordate").split("\n")[0] ?? "";
const changed =
  lastTag === "" ? globSync(noticed, { cwd: root }) : git("diff", "--name-only", lastTag, "--", ...globs()).split("\n");
const changesets = globSync(".changeset/*.md", { cwd: root }).filter((file) => !file.endsWith("README.md"));
if (changed.some((file) => file !== "") && changesets.length === 0) {
  console.error(`sources have changed since ${lastTag || "the beginning"} and .changeset/ is empty`);
  process.exitCode = 1;
}

function globs(): readonly string[] {
  return noticed.map((pattern) => `:(glob)${pattern}/**`);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}
