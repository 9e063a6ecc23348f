import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../project.ts";
import type { Arch } from "./elf.ts";

const run = promisify(execFile);
const requirements = join(import.meta.dirname, "requirements.txt");
const cache = join(root, ".cache", "portable");

const machine: Readonly<Record<Arch, string>> = { x64: "x86_64", arm64: "aarch64" };

/** Compiles the stub for a machine, on any machine, and gives the linked file. */
export async function compileStub(arch: Arch): Promise<Buffer> {
  const zig = await pinnedZig();
  const folder = await mkdtemp(join(cache, "stub-"));
  const file = join(folder, "stub");
  // Zig leaves out the headers of a libc that it does not link; the stub wants their numbers only.
  const headers = [`${machine[arch]}-linux-musl`, "generic-musl"].map((name) => join(zig, "lib/libc/include", name));
  const args = [
    "cc",
    `--target=${machine[arch]}-linux-musl`,
    // Nothing is there to call: no libc, no runtime of the compiler, and no loops turned into calls of memset.
    ...["-nostdlib", "-static", "-ffreestanding", "-fno-builtin", "-fno-stack-protector", "-fno-sanitize=all"],
    // The stub's address is known only once the program is: it refers to everything relative to its code.
    ...["-fPIE", "-fvisibility=hidden", "-fno-asynchronous-unwind-tables"],
    ...["-Os", "-s", "-Wall", "-Wextra", "-Werror"],
    ...headers.map((path) => `-isystem${path}`),
    ...[`-Wl,-T,${join(import.meta.dirname, "stub.ld")}`, "-Wl,--build-id=none"],
    ...["-o", file, join(import.meta.dirname, "stub.c")],
  ];
  try {
    const own = join(cache, "zig");
    await run(join(zig, "zig"), args, {
      env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: own, ZIG_LOCAL_CACHE_DIR: own },
    });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Installs the pinned Zig into the cache, unless that was done before, and gives its folder. */
async function pinnedZig(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(cache, `ziglang-${hash}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const made = await mkdtemp(join(cache, "installing-"));
    // A Python of a system may have no pip of its own; a virtual environment always has.
    await run("python3", ["-m", "venv", join(made, "pip")]);
    const options = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile"];
    const args = [...options, "--disable-pip-version-check", "--target", join(made, "zig"), "-r", requirements];
    await run(join(made, "pip", "bin", "python"), ["-m", "pip", "install", ...args]);
    // What was interrupted must not be taken for a whole one.
    await rename(join(made, "zig"), folder);
    await rm(made, { recursive: true });
  }
  return join(folder, "ziglang");
}
