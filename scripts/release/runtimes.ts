import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealedRuntime } from "../../packages/vaultwright/src/compile/sealed-runtime.ts";
import { root } from "../project.ts";
import { runNpm } from "./commands.ts";
import type { Target } from "./targets.ts";

/** Where the lockfile of the runtimes is. */
export const runtimesSource: string = join(root, "scripts", "release", "runtimes");

const installed = join(root, ".cache", "release", "runtimes");

/**
 * Installs the runtimes of every platform, as their lockfile pins them. The project's own lockfile has them as optional
 * packages, of which npm installs only the one of its own platform; here they are ordinary packages, and `--force` makes
 * npm install also those of other platforms, still comparing each with the hash in the lockfile.
 */
export async function installRuntimes(): Promise<void> {
  const lock = readFileSync(join(runtimesSource, "package-lock.json"), "utf8");
  const stamp = join(installed, ".installed");
  if (readIfThere(stamp) === lock) return;
  mkdirSync(installed, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(runtimesSource, name), join(installed, name));
  await runNpm(installed, "ci", "--force", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
  writeFileSync(stamp, lock);
}

/** Gives the executable that a target's plugins are compiled into, with the dangerous variables taken out. */
export async function runtimeOf({ runtime, platform, os }: Target): Promise<string> {
  const folder = join(installed, "node_modules", runtime);
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = join(folder, "bin", os === "windows" ? "bun.exe" : "bun");
  // A folder for each package, since the two for x86-64 are of the same platform.
  return await sealedRuntime({ file, version, platform }, join(root, ".cache", "release", "sealed", runtime));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
