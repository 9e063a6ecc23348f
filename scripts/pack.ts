import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./project.ts";

/** A package as npm would publish it. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  /** The archive. */
  readonly file: string;
}

/** The folders of the packages that are published; each comes after those that it is built with. */
const published = ["core", "host", "vaultwright", "create-vaultwright"];

/** Builds the packages that are published, and packs each into a folder. */
export function packPackages(destination: string): readonly PackedPackage[] {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  // In a copy, so that what is built meanwhile for another purpose is not disturbed. It lies below the repository, where
  // other packages than those in the copy are found.
  const copy = mkdtempSync(join(cache, "pack-"));
  try {
    copyFileSync(join(root, "tsconfig.base.json"), join(copy, "tsconfig.base.json"));
    return published.map((each) => buildAndPack(each, copy, destination));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function buildAndPack(name: string, copy: string, destination: string): PackedPackage {
  const folder = join(copy, "packages", name);
  cpSync(join(root, "packages", name), folder, { recursive: true, filter: isSource });
  const manifest: { name: string; version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const link = join(copy, "node_modules", manifest.name);
  mkdirSync(join(link, ".."), { recursive: true });
  symlinkSync(folder, link, "junction");
  if (existsSync(join(folder, "tsconfig.build.json"))) run("tsc", ["-p", "tsconfig.build.json"], folder);
  const packed = run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", destination], folder);
  const [{ filename }]: [{ filename: string }] = JSON.parse(packed);
  return { name: manifest.name, version: manifest.version, file: join(destination, filename) };
}

function isSource(path: string): boolean {
  return !["node_modules", "dist", "test", ".turbo"].includes(basename(path)) || path.includes("templates");
}

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
