import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createConsoleLog, startHost } from "@vaultwright/host";
import type { Plugin } from "../plugin.ts";
import { existingDirectory } from "../server/load.ts";
import type { NamedServer } from "../server/options.ts";
import { connectServer, type Server } from "../server/server.ts";

/** A server that a plugin is developed in. */
export interface Target {
  readonly server: Server;
  readonly pluginDirectory: string;
  /** What its user must know. */
  readonly welcome: string;
  close(): Promise<void>;
}

/** A running server to develop in, with its plugin directory. */
export interface RunningServer extends NamedServer {
  readonly pluginDirectory: string;
}

/** Chooses a running server, or starts the embedded one. */
export async function chooseTarget(plugin: Plugin, running: RunningServer | undefined): Promise<Target> {
  if (running === undefined) return startEmbedded(plugin);
  const server = connectServer(running.address, running.token);
  const pluginDirectory = existingDirectory(running.pluginDirectory);
  const welcome = `${plugin.name} runs in ${server.address}, whose log has the plugin's lines. It stays there when this ends.`;
  return { server, pluginDirectory, welcome, close: async () => {} };
}

async function startEmbedded({ name, folder }: Plugin): Promise<Target> {
  const pluginDirectory = join(folder, "dist", "dev");
  await mkdir(pluginDirectory, { recursive: true });
  const host = await startHost({ pluginDirectory, log: createConsoleLog(process.stderr, "debug") });
  const welcome = [
    `${name} runs in the embedded server: plain HTTP, on this machine only, all in memory.`,
    "",
    `  Page        ${host.address}/ui/`,
    `  Root token  ${host.rootToken}`,
    "",
    `  export VAULT_ADDR=${host.address} VAULT_TOKEN=${host.rootToken}`,
  ].join("\n");
  return { server: connectServer(host.address, host.rootToken), pluginDirectory, welcome, close: () => host.close() };
}
