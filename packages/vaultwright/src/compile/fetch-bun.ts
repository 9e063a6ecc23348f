import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CommandError } from "../command-error.ts";
import { type Bun, bunFile, bunPackages, isBunInstalled, type Platform, pinnedBun, pinnedVersion } from "./bun.ts";

const execFileAsync = promisify(execFile);

/**
 * Gives the pinned Bun of a platform. Npm installs only the one that it runs on; another is taken from the registry once,
 * compared with the pinned hash, and kept in a folder.
 */
export async function fetchBun(platform: Platform, cache: string): Promise<Bun> {
  if (isBunInstalled(platform)) return pinnedBun(platform);
  const version = pinnedVersion();
  const folder = join(cache, `bun-${version}-${platform}`);
  const bun = { file: bunFile(join(folder, "package"), platform), version, platform };
  if (existsSync(bun.file)) return bun;
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, ".fetch-"));
  try {
    const archive = join(temporary, await pack(`${bunPackages[platform].name}@${version}`, temporary));
    await checkIntegrity(archive, platform);
    await execFileAsync("tar", ["-xzf", archive, "-C", temporary]);
    await rm(archive);
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return bun;
}

/** Has npm put the archive of a package into a folder, and gives the archive's name. */
async function pack(specifier: string, folder: string): Promise<string> {
  const args = ["pack", specifier, "--pack-destination", folder, "--json", "--loglevel=error"];
  // Started by npm, this process knows which npm that is; on Windows it could not be started by its name.
  const npm = process.env["npm_execpath"];
  const [program, ...first] = npm === undefined ? ["npm"] : [process.execPath, npm];
  try {
    const { stdout } = await execFileAsync(program, [...first, ...args]);
    const [{ filename }]: [{ filename: string }] = JSON.parse(stdout);
    return filename;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${specifier} could not be fetched: ${reason}. Is the registry of npm reachable?`, {
      cause,
    });
  }
}

async function checkIntegrity(archive: string, platform: Platform): Promise<void> {
  const { name, integrity } = bunPackages[platform];
  const found = `sha512-${createHash("sha512")
    .update(await readFile(archive))
    .digest("base64")}`;
  if (found !== integrity)
    throw new CommandError(`${name} from npm's registry has the hash ${found}, and not ${integrity}, which is pinned`);
}
