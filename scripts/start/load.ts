import { basename } from "node:path";
import { sha256 } from "../../packages/vaultwright/src/build/build.ts";
import { type Registration, registerPlugin, startAnew } from "../../packages/vaultwright/src/server/load.ts";
import { connectServer } from "../../packages/vaultwright/src/server/server.ts";
import type { Plugin } from "../project.ts";
import type { VaultServer } from "./server.ts";

export { sha256 } from "../../packages/vaultwright/src/build/build.ts";
export { copyBinary, type Registration } from "../../packages/vaultwright/src/server/load.ts";

/** Registers a binary under its plugin's name, as `vault plugin register` does. */
export async function register({ address, token }: VaultServer, plugin: Registration, file: string): Promise<void> {
  const entry = { command: basename(file), sha256: await sha256(file) };
  await registerPlugin(connectServer(address.origin, token), plugin, entry);
}

/** Mounts a plugin at its path; a mount of the same plugin is kept and gets the new binary, any other is an error. */
export async function mount({ address, token }: VaultServer, plugin: Plugin): Promise<void> {
  await startAnew(connectServer(address.origin, token), plugin);
}
