import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.ts";

/** A package as npm would publish it. */
export interface PackedPackage {
  readonly name: string;
  /** The package's folder in this repository. */
  readonly folder: string;
  /** The archive. */
  readonly file: string;
}

/** The packages that are published; each comes after those that it is built with. */
const published = ["core", "host", "vaultwright", "create-vaultwright"];

/** Builds the packages that are published, and packs each into a folder. */
export function packPackages(destination: string): readonly PackedPackage[] {
  return published.map((each) => {
    const folder = join(root, "packages", each);
    if (existsSync(join(folder, "tsconfig.build.json"))) {
      rmSync(join(folder, "dist"), { recursive: true, force: true });
      execFileSync("tsc", ["-p", "tsconfig.build.json"], { cwd: folder, stdio: "inherit" });
    }
    const output = execFileSync("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", destination], {
      cwd: folder,
      encoding: "utf8",
    });
    const [{ filename }]: [{ filename: string }] = JSON.parse(output);
    const { name }: { name: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name, folder, file: join(destination, filename) };
  });
}
