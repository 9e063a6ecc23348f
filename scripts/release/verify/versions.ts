import { execFile } from "node:child_process";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binary } from "../contents.ts";
import { expect, type Release } from "./release.ts";
import { readStatement } from "./statement.ts";

const run = promisify(execFile);

/** A way to run a binary of some target on this machine. */
interface Runner {
  readonly name: string;
  readonly command: readonly string[];
}

/** What would make an unsealed runtime do something else. */
const hostile = { BUN_BE_BUN: "1", BUN_OPTIONS: "--preload=./nowhere.js", NODE_OPTIONS: "--require=./nowhere.js" };

/** Starts every binary that this machine can start, and compares what it says of itself with the statement. */
export async function checkVersions(release: Release): Promise<string> {
  const { commit, date } = readStatement(release);
  const expected = `${release.register.version} (commit ${commit}, built ${date})\n`;
  const done: string[] = [];
  const missing: string[] = [];
  for (const binary of release.binaries) {
    const runners = await runnersFor(binary);
    if (runners.length === 0) missing.push(binary.target.name);
    for (const runner of runners) {
      const said = await versionBy(runner, join(release.folder, binary.file));
      expect(said === expected, `${binary.file} says ${said.trim()} and not ${expected.trim()}`);
      done.push(`${binary.target.name}${runner.name}`);
    }
  }
  expect(done.length > 0, "none of the binaries can be started on this machine");
  const rest = missing.length === 0 ? "" : `; not started here: ${missing.join(", ")}`;
  return `${expected.trim()} by ${done.join(", ")}${rest}`;
}

async function versionBy({ command }: Runner, file: string): Promise<string> {
  await chmod(file, 0o755);
  const [program = file, ...args] = [...command, file];
  const { stdout } = await run(program, [...args, "--version"], { env: { ...process.env, ...hostile } });
  return stdout;
}

async function runnersFor({ target }: Binary): Promise<readonly Runner[]> {
  const direct = target.platform === `${process.platform}-${process.arch}` ? [{ name: "", command: [] }] : [];
  const emulated = target.isPortable ? await emulatorsOf(target.arch) : [];
  return [...direct, ...emulated];
}

/** Debian's emulators of a processor. A file that brings its C library needs nothing else of the other system. */
async function emulatorsOf(arch: "amd64" | "arm64"): Promise<readonly Runner[]> {
  if (process.platform !== "linux") return [];
  const runner = {
    // The last generation before AVX.
    amd64: { name: " on an emulated Nehalem", command: ["qemu-x86_64-static", "-cpu", "Nehalem"] },
    arm64: { name: " on an emulated processor", command: ["qemu-aarch64-static"] },
  }[arch];
  const [program = ""] = runner.command;
  const isThere = await run(program, ["--version"]).then(
    () => true,
    () => false,
  );
  return isThere ? [runner] : [];
}
