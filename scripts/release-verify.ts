// `npm run release:verify`: holds every release in dist/release against what it says of itself.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { root } from "./project.ts";
import { checks } from "./release/verify/checks.ts";
import { checkRebuild } from "./release/verify/rebuild.ts";
import { openRelease } from "./release/verify/release.ts";

const command = new Command("npm run release:verify --")
  .option("--folder <folder>", "where the releases are", join(root, "dist", "release"))
  .option("--require-signature", "fail where nobody has signed", false)
  .option("--rebuild", "build each release again from a clone of its commit, and compare the bytes", false)
  .parse();
const options: { folder: string; requireSignature: boolean; rebuild: boolean } = command.opts();

if (!existsSync(options.folder)) command.error(`${options.folder} is missing; run npm run release:build`);
const wanted = options.rebuild ? [...checks, { title: "second build", run: checkRebuild }] : checks;
for (const name of readdirSync(options.folder).sort()) {
  console.log(name);
  const release = openRelease(join(options.folder, name));
  for (const { title, run } of wanted)
    try {
      const found = await run(release, { isSignatureRequired: options.requireSignature });
      console.log(`  ok      ${title}: ${found}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`  FAILED  ${title}: ${error instanceof Error ? error.message : error}`);
    }
}
