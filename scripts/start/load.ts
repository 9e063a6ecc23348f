import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Plugin } from "../project.ts";
import { mustSucceed, type VaultServer } from "./server.ts";

/** Copies a binary into a server's plugin directory; one that runs there is replaced, not overwritten. */
export async function copyBinary(file: string, directory: string): Promise<void> {
  const name = basename(file);
  const temporary = join(directory, `.${name}.${process.pid}`);
  await copyFile(file, temporary);
  await rename(temporary, join(directory, name));
}

/** What the catalogue has to know of a plugin beside its file. */
export type Registration = Pick<Plugin, "name" | "version" | "type">;

/** Registers a binary under its plugin's name, as `vault plugin register` does. */
export async function register({ client }: VaultServer, plugin: Registration, file: string): Promise<void> {
  const { name, type, version } = plugin;
  const entry = { sha256: await sha256(file), command: basename(file), version };
  await mustSucceed(`register ${name}`, client.write(`sys/plugins/catalog/${type}/${name}`, entry));
}

/** Mounts a plugin at its path; a mount of the same plugin is kept and gets the new binary, any other is an error. */
export async function mount({ client }: VaultServer, plugin: Plugin): Promise<void> {
  const path = plugin.mountPath;
  const isAuth = plugin.type === "auth";
  const table = await mustSucceed("read the mounts", client.read(isAuth ? "sys/auth" : "sys/mounts"));
  const type = table.at("data", path.replace(/^auth\//, ""), "type");
  if (type === undefined) {
    const where = `${isAuth ? "sys" : "sys/mounts"}/${path.slice(0, -1)}`;
    await mustSucceed(`mount ${plugin.name} at ${path}`, client.write(where, { type: plugin.name }));
    return;
  }
  if (type !== plugin.name) throw new Error(`${path} is already a mount of ${type}; disable it first`);
  await mustSucceed(`reload ${plugin.name}`, client.write("sys/plugins/reload/backend", { plugin: plugin.name }));
}

/** The SHA-256 of a file as catalogues keep it. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
