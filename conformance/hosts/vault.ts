import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Abilities, LogLine } from "./server.ts";
import { endProcess, type KillableServer, parseLogLine, serverEnvironment } from "./server-process.ts";
import { buildVault, type VaultVersion } from "./vault-build.ts";

/** Starts a Vault in memory on loopback, and builds it first where that was not done yet. */
export async function startVault(version: VaultVersion, pluginDirectory: string): Promise<KillableServer> {
  const args = ["-plugin-directory", pluginDirectory];
  return serveVault(version, spawn(await buildVault(version), args, { env: serverEnvironment() }), pluginDirectory);
}

/** Waits until a started Vault serves; the directory is where the plugins are for this process. */
export async function serveVault(
  version: VaultVersion,
  child: ChildProcessWithoutNullStreams,
  pluginDirectory: string,
): Promise<KillableServer> {
  const lines: LogLine[] = [];
  createInterface(child.stderr).on("line", (line) => lines.push(parseLogLine(line, "error")));
  const started = await firstLine(child, lines);
  return {
    name: `Vault ${version}`,
    abilities: abilitiesOf[version],
    host: { kind: "vault", version },
    address: started.address,
    rootToken: started.root_token,
    unsealKey: started.unseal_key,
    pluginDirectory,
    logs: () => lines,
    stop: () => endProcess(child, () => child.stdin.end()),
    kill: () => endProcess(child, () => child.kill("SIGKILL")),
  };
}

const abilitiesOf: Readonly<Record<VaultVersion, Abilities>> = {
  "1.21.4": { protocol: 5, sharesProcesses: true, hasPluginVersions: true, hasTransactions: false },
  // Versions of plugins and processes for several mounts came with 1.12.
  "1.10.11": { protocol: 4, sharesProcesses: false, hasPluginVersions: false, hasTransactions: false },
};

interface Started {
  readonly address: string;
  readonly root_token: string;
  readonly unseal_key: string;
}

async function firstLine(child: ChildProcessWithoutNullStreams, log: readonly LogLine[]): Promise<Started> {
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error(`Vault did not start: ${log.slice(-3).map(({ message }) => message)}`);
}
