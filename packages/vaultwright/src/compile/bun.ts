import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CommandError } from "../command-error.ts";

/** The npm packages that have the pinned Bun, by platforms in Node's words, with the hashes of their archives. */
export const bunPackages = {
  "darwin-arm64": {
    name: "@oven/bun-darwin-aarch64",
    integrity: "sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==",
  },
  "darwin-x64": {
    name: "@oven/bun-darwin-x64",
    integrity: "sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==",
  },
  "linux-arm64": {
    name: "@oven/bun-linux-aarch64",
    integrity: "sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==",
  },
  "linux-x64": {
    name: "@oven/bun-linux-x64",
    integrity: "sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==",
  },
  "win32-x64": {
    name: "@oven/bun-windows-x64",
    integrity: "sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==",
  },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly integrity: string }>>;

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
    throw new CommandError(`no Bun for ${name} is pinned; there is one for ${Object.keys(bunPackages).join(", ")}`);
  return name;
}

/** Says whether npm has installed the pinned Bun of a platform. */
export function isBunInstalled(platform: Platform): boolean {
  const paths = resolver.resolve.paths(bunPackages[platform].name) ?? [];
  return paths.some((path) => existsSync(bunFile(join(path, bunPackages[platform].name), platform)));
}

/** Finds the pinned Bun of a platform where npm has installed it. */
export function pinnedBun(platform: Platform = thisPlatform()): Bun {
  const { name } = bunPackages[platform];
  if (!isBunInstalled(platform))
    throw new CommandError(`${name} is not installed; run npm install, without leaving out optional dependencies`);
  const manifest = resolver.resolve(`${name}/package.json`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  return { file: bunFile(dirname(manifest), platform), version, platform };
}

/** The version of Bun that this package was tested with. */
export function pinnedVersion(): string {
  return pinnedBun().version;
}

/** Where the executable is in a package. */
export function bunFile(folder: string, platform: Platform): string {
  return join(folder, "bin", platform.startsWith("win32") ? "bun.exe" : "bun");
}

const resolver = createRequire(import.meta.url);
