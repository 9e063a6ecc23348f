import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "../../project.ts";
import { parseChecksums } from "../checksums.ts";
import { readOutput, runNpm } from "../commands.ts";
import { changedMark } from "../revision.ts";
import { expect, type Release } from "./release.ts";
import { readStatement } from "./statement.ts";

/**
 * Builds a release once more, from a clone of its commit in another folder, and compares all checksums. The statement of
 * provenance is left out: it says where a build took place.
 */
export async function checkRebuild(release: Release): Promise<string> {
  const { commit, date } = readStatement(release);
  expect(!commit.endsWith(changedMark), "the release is of changed sources, so there is no commit to build again");
  const work = await mkdtemp(join(tmpdir(), "vaultwright-rebuild-"));
  try {
    const clone = join(work, "elsewhere", "sources");
    await readOutput("git", ["clone", "--quiet", "--no-hardlinks", root, clone]);
    await readOutput("git", ["checkout", "--quiet", commit], { cwd: clone });
    await runNpm(clone, "ci", "--prefer-offline", "--loglevel=error");
    const folder = join(work, "output");
    await readOutput(
      process.execPath,
      [
        "--conditions=@vaultwright/source",
        join(clone, "scripts", "release-build.ts"),
        `--plugin=${release.register.name}`,
        ...Object.keys(release.register.platforms).map((name) => `--target=${name}`),
        `--output=${folder}`,
      ],
      { cwd: clone, env: { ...process.env, SOURCE_DATE_EPOCH: `${Date.parse(date) / 1000}` } },
    );
    const again = parseChecksums(
      await readFile(join(folder, release.name, basename(release.path("_SHA256SUMS"))), "utf8"),
    );
    const differing = [...new Set([...release.checksums.keys(), ...again.keys()])]
      .filter((file) => file !== `${release.name}_provenance.json`)
      .filter((file) => release.checksums.get(file) !== again.get(file));
    expect(differing.length === 0, `a second build differs in ${differing.join(", ")}`);
    return `${again.size - 1} files have the same bytes`;
  } finally {
    await rm(work, { recursive: true });
  }
}
