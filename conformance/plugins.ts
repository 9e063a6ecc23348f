import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { compile } from "../scripts/compile.ts";
import { binaryDirectory, root } from "../scripts/project.ts";

/** A compiled plugin, by the name of its file and of its catalogue entry. */
export interface Plugin {
  readonly name: string;
  readonly type: "secret" | "auth";
}

export const kv: Plugin = { name: "vault-plugin-secrets-kv", type: "secret" };
export const totp: Plugin = { name: "vault-plugin-secrets-totp", type: "secret" };
export const exampleAuth: Plugin = { name: "vault-plugin-auth-example", type: "auth" };
/** A plugin that exists for these tests only and misbehaves on request. */
export const mock: Plugin = { name: "vault-plugin-mock", type: "secret" };

/** All plugins that the cases use. */
export const plugins: readonly Plugin[] = [kv, totp, exampleAuth, mock];

/** A directory with all plugins, for one server. */
export interface PluginDirectory {
  readonly path: string;
  remove(): void;
}

/** Makes a directory with the released binaries and the mock plugin. */
export async function preparePluginDirectory(): Promise<PluginDirectory> {
  const cache = join(root, ".cache", "conformance");
  mkdirSync(cache, { recursive: true });
  const path = mkdtempSync(join(cache, "plugins-"));
  for (const { name } of [kv, totp, exampleAuth]) place(join(binaryDirectory, name), join(path, name));
  await compile(join(import.meta.dirname, "mock-plugin", "src", "main.ts"), join(path, mock.name));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// Hosts follow symbolic links and then refuse what lies outside, so the files are linked hard, which costs no space.
function place(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`${from} is missing; run npm run binaries`);
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** The SHA-256 of a file as hosts want it. */
export function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** What a plugin says of its own version on the command line. */
export async function versionOf(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)(file, ["--version"]);
  return stdout.trim();
}
