// `npm run release:version`: turns changesets into versions and changelogs, each package by itself, and the lockfile with them.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { plugins, root } from "./project.ts";
import { runNpm } from "./release/commands.ts";
import { readPlan } from "./release/plan.ts";

if (!(await readPlan()).hasChangesets) {
  console.error(".changeset/ is empty, so there is nothing to release");
  process.exit(1);
}
const before = new Map(plugins().map(({ name, version }) => [name, version]));
execFileSync(process.execPath, [join(root, "node_modules", "@changesets", "cli", "bin.js"), "version"], {
  cwd: root,
  stdio: "inherit",
});
await runNpm(root, "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error");
for (const { name, version } of plugins())
  console.log(version === before.get(name) ? `${name} stays ${version}` : `${name} becomes ${version}`);
console.log("Read the changelogs, commit everything, and push to main: the release workflow builds and publishes it.");
