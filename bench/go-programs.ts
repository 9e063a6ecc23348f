import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../scripts/project.ts";

const folder = join(root, ".cache", "bench");

/** The Go programs of a bench, by their files. */
export interface GoPrograms {
  readonly load: string;
  readonly kv: string;
  readonly totp: string;
  readonly login: string;
  readonly floor: string;
}

/** Builds the Go programs; Go itself keeps what it built before. */
export async function buildGoPrograms(): Promise<GoPrograms> {
  await mkdir(folder, { recursive: true });
  const hosts = join(root, "conformance", "hosts");
  const own = join(import.meta.dirname, "go");
  return {
    load: await build("load", own, "./load"),
    kv: await build("kv", join(hosts, "kv-go"), "."),
    totp: await build("totp", join(hosts, "totp"), "."),
    login: await build("login", own, "./login"),
    floor: await build("floor", own, "./floor"),
  };
}

/** Builds as releases are built, without symbols: the server hashes the whole file at each start. */
async function build(name: string, cwd: string, target: string): Promise<string> {
  const file = join(folder, name);
  const args = ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, target];
  await promisify(execFile)("go", args, { cwd });
  return file;
}
