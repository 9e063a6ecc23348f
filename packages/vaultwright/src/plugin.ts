import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "./command-error.ts";

/** A plugin's sources. */
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

/** Reads a plugin from its folder's manifest. */
export function readPlugin(folder: string, entry: string = join("src", "main.ts")): Plugin {
  const manifest = readManifest(join(folder, "package.json"));
  const name = manifest.name.replace(/^@[^/]*\//, "");
  const [, kind, short] = customaryName.exec(name) ?? [];
  if (kind === undefined || short === undefined)
    throw new CommandError(
      `${folder}: the name ${name} must be like vault-plugin-secrets-NAME or vault-plugin-auth-NAME; ` +
        "change it in package.json",
    );
  const isAuth = kind === "auth";
  return {
    name,
    version: `v${manifest.version}`,
    type: isAuth ? "auth" : "secret",
    mountPath: isAuth ? `auth/${short}/` : `${short}/`,
    folder,
    entry: resolve(folder, entry),
  };
}

/** Reads the plugin whose sources a command works with, which must be there. */
export function readSources(folder: string, entry?: string): Plugin {
  const plugin = readPlugin(folder, entry);
  if (!existsSync(plugin.entry))
    throw new CommandError(`${plugin.entry} does not exist; name the file that calls serve() as an argument`);
  return plugin;
}

/** As hosts want it, which npm does not insist on. */
const semanticVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

const customaryName = /^[a-z]+-plugin-(secrets|auth)-([a-z0-9-]+)$/;

function readManifest(file: string): { readonly name: string; readonly version: string } {
  if (!existsSync(file))
    throw new CommandError(
      `${file} does not exist; go to the folder of a plugin, or make one with: vaultwright new NAME`,
    );
  const { name, version } = parseManifest(file);
  if (typeof name !== "string" || typeof version !== "string")
    throw new CommandError(`${file} must have a name and a version, which servers are told`);
  if (!semanticVersion.test(version))
    throw new CommandError(`${file}: the version ${version} must be like 1.2.3, as servers want it`);
  return { name, version };
}

function parseManifest(file: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new CommandError(`${file} is no JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
