import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../../scripts/project.ts";

const run = promisify(execFile);

/** Where Python is that can run hvac's tests, and where these are. */
export interface HvacEnvironment {
  readonly python: string;
  readonly source: string;
}

/** Whether this machine has a Python that can have packages of its own. */
export function hasPython(): boolean {
  return spawnSync("python3", ["-c", "import ensurepip, sys; sys.exit(sys.version_info < (3, 10))"]).status === 0;
}

/** Fetches hvac's source archive and what its tests need, by their hashes, unless that was done before. */
export async function prepareHvac(): Promise<HvacEnvironment> {
  const cache = join(root, ".cache", "clients");
  const folder = join(cache, `hvac-${requirementsHash()}`);
  if (!existsSync(folder)) await fill(cache, folder);
  const [source] = (await readdir(folder)).filter((name) => /^hvac-[\d.]+$/.test(name));
  if (source === undefined) throw new Error(`${folder} has no sources of hvac`);
  return { python: pythonOf(folder), source: join(folder, source) };
}

async function fill(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  // Virtual environments cannot be moved, so what is not whole is thrown away instead.
  const made = await mkdtemp(join(cache, "sources-"));
  try {
    await run("python3", ["-m", "venv", folder]);
    const pip = (...args: string[]) => run(pythonOf(folder), ["-m", "pip", ...args, "--disable-pip-version-check"]);
    await pip("install", "--require-hashes", "--only-binary=:all:", "-r", file("requirements.txt"));
    const asSource = ["--no-deps", "--no-build-isolation", "--no-binary=hvac", "--require-hashes"];
    await pip("download", ...asSource, "-r", file("hvac.txt"), "-d", made);
    for (const name of await readdir(made)) await run("tar", ["-xzf", join(made, name), "-C", made]);
    for (const name of await readdir(made))
      if (!name.endsWith(".tar.gz")) await rename(join(made, name), join(folder, name));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(made, { recursive: true });
  }
}

function pythonOf(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

function file(name: string): string {
  return join(import.meta.dirname, name);
}

function requirementsHash(): string {
  const hash = createHash("sha256");
  for (const name of ["requirements.txt", "hvac.txt"]) hash.update(readFileSync(file(name)));
  return hash.digest("hex").slice(0, 12);
}
