import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/project.ts";

/** Builds a host that is a Go module beside this file, and gives its path. Go itself keeps what it built before. */
export async function buildGoHost(name: string): Promise<string> {
  const folder = join(root, ".cache", "conformance");
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  const args = ["build", "-trimpath", "-buildvcs=false", "-o", file, "."];
  await promisify(execFile)("go", args, { cwd: join(import.meta.dirname, name) });
  return file;
}
