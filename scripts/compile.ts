import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { binaryDirectory, root } from "./project.ts";
import { sealedRuntime } from "./sealed-runtime.ts";

const execFileAsync = promisify(execFile);

const bunPackages: Readonly<Record<string, string>> = {
  "darwin-arm64": "@oven/bun-darwin-aarch64",
  "darwin-x64": "@oven/bun-darwin-x64",
  "linux-arm64": "@oven/bun-linux-aarch64",
  "linux-x64": "@oven/bun-linux-x64",
  "win32-x64": "@oven/bun-windows-x64",
};

/** The pinned Bun of this platform. */
export interface Bun {
  readonly file: string;
  readonly version: string;
}

/** Finds the pinned Bun of this platform. */
export function pinnedBun(): Bun {
  const platform = `${process.platform}-${process.arch}`;
  const name = bunPackages[platform];
  if (name === undefined) throw new Error(`no Bun for ${platform} is pinned`);
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  const file = join(dirname(manifest), "bin", process.platform === "win32" ? "bun.exe" : "bun");
  if (!existsSync(file)) throw new Error(`${file} is missing; run npm ci`);
  return { file, version };
}

/** Where the binary of a plugin is. */
export function binaryPath(name: string): string {
  return join(binaryDirectory, process.platform === "win32" ? `${name}.exe` : name);
}

/**
 * Compiles a program and its runtime into one file. The file replaces an older one in one step, so that a process that
 * runs the old one is not disturbed.
 */
export async function compile(entry: string, file: string): Promise<void> {
  const bun = pinnedBun();
  const runtime = await sealedRuntime(bun.file, bun.version);
  await mkdir(dirname(file), { recursive: true });
  // The output's name is part of the output: a folder of its own keeps the name, and equal sources give equal files.
  const folder = await mkdtemp(join(dirname(file), ".compile-"));
  const temporary = join(folder, basename(file));
  const args = [
    "build",
    entry,
    "--compile",
    `--compile-executable-path=${runtime}`,
    // Otherwise the binary would run code that it finds in its working directory, and its hash would promise nothing.
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    // Halves the start; bytecode with top-level await needs the module format named.
    "--bytecode",
    "--format=esm",
    "--minify-syntax",
    "--minify-whitespace",
    "--conditions=@vaultwright/source",
    `--outfile=${temporary}`,
  ];
  try {
    await execFileAsync(bun.file, args, { cwd: root });
    await rename(temporary, file);
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? `\n${error.stderr}` : "";
    throw new Error(`${entry} could not be compiled${output}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}
