import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/project.ts";

/** Versions of Vault that are proven against: the newest, and the one of the documentation that this project implements. */
export type VaultVersion = "1.21.4" | "1.10.11";

const progressIntervalMs = 30_000;

/** Whether this machine can build Go programs. */
export function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

/** Builds the program that runs a Vault core, unless this very source was built before, and gives its path. */
export async function buildVault(version: VaultVersion): Promise<string> {
  const module = join(import.meta.dirname, `vault-${version}`);
  const folder = join(root, ".cache", "conformance", `vault-${version}-${sourceHash(module)}`);
  const file = join(folder, "vault-host");
  if (existsSync(file)) return file;
  console.error(`building Vault ${version} from its Go module; once, 3 to 8 minutes and a download of some 300 MB`);
  await mkdir(folder, { recursive: true });
  await runGo(module, ["build", "-trimpath", "-buildvcs=false", "-o", `${file}.building`, "."]);
  // A build that was interrupted must not be taken for a whole one.
  await rename(`${file}.building`, file);
  return file;
}

function sourceHash(module: string): string {
  const hash = createHash("sha256");
  for (const name of ["go.mod", "go.sum", "main.go"]) hash.update(readFileSync(join(module, name)));
  return hash.digest("hex").slice(0, 12);
}

async function runGo(module: string, args: readonly string[]): Promise<void> {
  const started = Date.now();
  const progress = setInterval(() => {
    console.error(`still building Vault, ${Math.round((Date.now() - started) / 1000)} seconds so far`);
  }, progressIntervalMs);
  try {
    const code = await exitCode(spawn("go", args, { cwd: module, stdio: ["ignore", "inherit", "inherit"] }));
    if (code !== 0) throw new Error(`go ${args[0]} ended with code ${code}; its own message is above`);
  } finally {
    clearInterval(progress);
  }
}

function exitCode(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
}
