import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/project.ts";

/** Versions of Vault that are proven against: the newest, and the one of the documentation that this project implements. */
export type VaultVersion = "1.21.4" | "1.10.11";

/** Without C libraries Vault starts in every root, as the one that HashiCorp builds. */
const settings = { CGO_ENABLED: "0" } as const;

const progressIntervalMs = 30_000;

/** Whether this machine can build Go programs. */
export function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

/** Builds the program that runs a Vault core, unless this very source was built before, and gives its path. */
export async function buildVault(version: VaultVersion): Promise<string> {
  return buildOnce({ module: `vault-${version}`, program: "vault-host", flags: [] });
}

/** Builds the program `vault` that people type, unless this very source was built before, and gives its path. */
export async function buildVaultCommand(): Promise<string> {
  // With no more of the built-in plugins than the program insists on, and without what a debugger reads.
  return buildOnce({ module: "vault-command", program: "vault", flags: ["-tags=minimal", "-ldflags=-s -w"] });
}

/** What is built of a Go module beside this file. */
interface Build {
  readonly module: string;
  readonly program: string;
  readonly flags: readonly string[];
}

async function buildOnce({ module, program, flags }: Build): Promise<string> {
  const source = join(import.meta.dirname, module);
  const folder = join(root, ".cache", "conformance", `${module}-${sourceHash(source)}`);
  const file = join(folder, program);
  if (existsSync(file)) return file;
  console.error(`building ${module} from its Go module; once, 3 to 8 minutes and a download of some 300 MB`);
  await mkdir(folder, { recursive: true });
  // A build that was interrupted must not be taken for a whole one, and two may build at once.
  const unfinished = `${file}.${process.pid}`;
  await runGo(source, ["build", "-trimpath", "-buildvcs=false", ...flags, "-o", unfinished, "."]);
  await rename(unfinished, file);
  return file;
}

function sourceHash(module: string): string {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const name of ["go.mod", "go.sum", "main.go"]) hash.update(readFileSync(join(module, name)));
  return hash.digest("hex").slice(0, 12);
}

async function runGo(module: string, args: readonly string[]): Promise<void> {
  const started = Date.now();
  const progress = setInterval(() => {
    console.error(`still building Vault, ${Math.round((Date.now() - started) / 1000)} seconds so far`);
  }, progressIntervalMs);
  try {
    const code = await exitCode(
      spawn("go", args, { cwd: module, env: { ...process.env, ...settings }, stdio: ["ignore", "inherit", "inherit"] }),
    );
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
