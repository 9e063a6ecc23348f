import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { registrationLines } from "@vaultwright/core/launch";
import { outputFile, sha256 } from "../build/build.ts";
import { CommandError } from "../command-error.ts";
import { readPlugin } from "../plugin.ts";
import { copyBinary, registerPlugin, startAnew } from "../server/load.ts";
import type { NamedServer } from "../server/options.ts";
import { connectServer } from "../server/server.ts";

/** What to register, and where. */
export interface RegisterOptions {
  /** The plugin's folder. */
  readonly folder: string;
  /** The plugin's file, by default the one that was built for this platform. */
  readonly file?: string | undefined;
  /** The server to register it in; without one the commands are printed. */
  readonly server?: NamedServer | undefined;
  /** The server's plugin directory, where the file is not there yet. */
  readonly pluginDirectory?: string | undefined;
  print(line: string): void;
}

/** Prints the commands that register and mount a plugin, or does what they do. */
export async function register(options: RegisterOptions): Promise<void> {
  const { folder, server: target, pluginDirectory, print } = options;
  const plugin = readPlugin(folder);
  const file = existingFile(resolve(folder, options.file ?? outputFile(folder, plugin.name)));
  const hash = await sha256(file);
  if (target === undefined) {
    for (const line of registrationLines({ ...plugin, file, sha256: hash })) print(line);
    return;
  }
  const server = connectServer(target.address, target.token);
  // A server takes the hash of a file that it does not have, and the mount then fails at its next start.
  if (pluginDirectory === undefined) print(`the server's plugin directory must have this file; --plugin-dir copies it`);
  else await copyBinary(file, pluginDirectory);
  await registerPlugin(server, plugin, { command: basename(file), sha256: hash });
  print(`registered ${plugin.name} ${plugin.version} in ${server.address}, sha256 ${hash}`);
  const { isNew } = await startAnew(server, plugin);
  print(`${isNew ? "mounted it at" : "reloaded it at"} ${plugin.mountPath}`);
}

/** Gives the name of a file that must be there. */
export function existingFile(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`${file} does not exist; make it with: vaultwright build`);
  if (!found.isFile()) throw new CommandError(`${file} is no file; name the plugin's file itself`);
  return file;
}
