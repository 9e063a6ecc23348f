import { statSync } from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Plugin } from "../plugin.ts";
import { at, type Server } from "./server.ts";

/** What a catalogue has to know of a plugin beside its file. */
export type Registration = Pick<Plugin, "name" | "version" | "type">;

/** Copies a binary into a server's plugin directory; one that runs there is replaced, not overwritten. */
export async function copyBinary(file: string, directory: string): Promise<void> {
  const name = basename(file);
  const temporary = join(existingDirectory(directory), `.${name}.${process.pid}`);
  await copyFile(file, temporary);
  await rename(temporary, join(directory, name));
}

/** Gives the name of a server's plugin directory, which must be there: where it is made now, no server looks for files. */
export function existingDirectory(directory: string): string {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return directory;
  throw new CommandError(`${directory} is no folder; --plugin-dir must name the plugin_directory of the server`);
}

/** Registers a file of the plugin directory, as `vault plugin register` does. */
export async function registerPlugin(
  server: Server,
  { name, type, version }: Registration,
  file: { readonly command: string; readonly sha256: string },
): Promise<void> {
  await server.request("POST", `sys/plugins/catalog/${type}/${name}`, { ...file, version });
}

/**
 * Mounts a plugin at its path, and says so; where it is mounted there already, its processes are started anew with what
 * is registered now. Any other mount there is an error.
 */
export async function startAnew(
  server: Server,
  plugin: Registration & Pick<Plugin, "mountPath">,
): Promise<{ readonly isNew: boolean }> {
  const { name, version, type, mountPath } = plugin;
  const isAuth = type === "auth";
  const path = mountPath.replace(/^auth\//, "");
  const mounts = isAuth ? "sys/auth" : "sys/mounts";
  const mount = at(await server.request("GET", mounts), "data", path);
  if (mount === undefined) {
    await server.request("POST", `${mounts}/${path.slice(0, -1)}`, { type: name });
    return { isNew: true };
  }
  if (at(mount, "type") !== name)
    throw new CommandError(
      `${mountPath} is a mount of ${at(mount, "type")} already; disable it with: ` +
        `vault ${isAuth ? "auth" : "secrets"} disable ${path}`,
    );
  // A mount stays with the version that it began with, where the server knows versions.
  const mounted = at(mount, "plugin_version");
  if (typeof mounted === "string" && mounted !== "" && mounted !== version)
    await server.request("POST", `${mounts}/${path}tune`, { plugin_version: version });
  await server.request("POST", "sys/plugins/reload/backend", { plugin: name });
  return { isNew: false };
}
