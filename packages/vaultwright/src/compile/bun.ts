import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The npm package that has Bun for a platform, by the platform's name in Node's words. */
const bunPackages = {
  "darwin-arm64": "@oven/bun-darwin-aarch64",
  "darwin-x64": "@oven/bun-darwin-x64",
  "linux-arm64": "@oven/bun-linux-aarch64",
  "linux-x64": "@oven/bun-linux-x64",
  "win32-x64": "@oven/bun-windows-x64",
} as const;

/** A platform that programs can be compiled for. */
export type Platform = keyof typeof bunPackages;

/** A Bun of the pinned version. */
export interface Bun {
  readonly file: string;
  readonly version: string;
  readonly platform: Platform;
}

/** Tells the platforms that programs can be compiled for from other names. */
export function isPlatform(name: string): name is Platform {
  return Object.hasOwn(bunPackages, name);
}

/** The platform of this process. */
export function thisPlatform(): Platform {
  const name = `${process.platform}-${process.arch}`;
  if (!isPlatform(name))
    throw new Error(`no Bun for ${name} is pinned; there is one for ${Object.keys(bunPackages).join(", ")}`);
  return name;
}

/** Finds the pinned Bun of a platform where npm has installed it. */
export function pinnedBun(platform: Platform = thisPlatform()): Bun {
  const manifest = createRequire(import.meta.url).resolve(`${bunPackages[platform]}/package.json`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  const file = join(dirname(manifest), "bin", platform.startsWith("win32") ? "bun.exe" : "bun");
  if (!existsSync(file)) throw new Error(`${file} is missing; run npm ci`);
  return { file, version, platform };
}
