import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  /** Where it is mounted: the last part of its name, with a slash behind it. */
  readonly mountPath: string;
  readonly folder: string;
  readonly entry: string;
}

/** All plugins of this repository: every folder below `plugins/` that has a manifest. */
export function plugins(folder: string = join(root, "plugins")): readonly Plugin[] {
  const folders = readdirSync(folder).map((name) => join(folder, name));
  const found = folders.filter((each) => existsSync(join(each, "package.json"))).map(readPlugin);
  for (const [index, { name, folder: copy }] of found.entries()) {
    const original = found.slice(0, index).find((plugin) => plugin.name === name);
    if (original !== undefined)
      throw new Error(`${original.folder} and ${copy} have the same name ${name}; change it in one package.json`);
  }
  return found;
}

/** Reads a plugin from its folder's manifest. */
export function readPlugin(folder: string): Plugin {
  const manifest: { name: string; version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const name = manifest.name.replace(/^@[^/]*\//, "");
  const [, kind, short] = customaryName.exec(name) ?? [];
  if (kind === undefined || short === undefined)
    throw new Error(`${folder}: the name ${name} must be like vault-plugin-secrets-NAME or vault-plugin-auth-NAME`);
  const isAuth = kind === "auth";
  return {
    name,
    version: `v${manifest.version}`,
    type: isAuth ? "auth" : "secret",
    mountPath: isAuth ? `auth/${short}/` : `${short}/`,
    folder,
    entry: join(folder, "src", "main.ts"),
  };
}

const customaryName = /^[a-z]+-plugin-(secrets|auth)-([a-z0-9-]+)$/;
