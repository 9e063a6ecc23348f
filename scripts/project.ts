import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's folder. */
export const root: string = join(import.meta.dirname, "..");

/** Where the compiled plugins of this platform are. */
export const binaryDirectory: string = join(root, "dist", "bin");

/** A plugin of this repository. */
export interface Plugin {
  /** Name of its binary and of its catalogue entry. */
  readonly name: string;
  /** Version as hosts want it, `vX.Y.Z`. */
  readonly version: string;
  /** The catalogue's word for what it is. */
  readonly type: "secret" | "auth";
  readonly folder: string;
  readonly entry: string;
}

/** All plugins of this repository, read from their manifests. */
export function plugins(): readonly Plugin[] {
  const folder = join(root, "plugins");
  return readdirSync(folder).map((name) => readPlugin(join(folder, name)));
}

/** Reads a plugin from its folder's manifest. */
export function readPlugin(folder: string): Plugin {
  const manifest: { name: string; version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const name = manifest.name.replace("@vaultwright/", "");
  const type = name.startsWith("vault-plugin-auth-") ? "auth" : "secret";
  return { name, version: `v${manifest.version}`, type, folder, entry: join(folder, "src", "main.ts") };
}
