import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Abilities, LogLine, ServerUnderTest } from "./server.ts";
import { buildVault, type VaultVersion } from "./vault-build.ts";

const stopTimeoutMs = 15_000;

/** A Vault that can also end without a word to its plugins. */
export interface VaultUnderTest extends ServerUnderTest {
  kill(): Promise<void>;
}

/** Starts a Vault in memory on loopback, and builds it first where that was not done yet. */
export async function startVault(version: VaultVersion, pluginDirectory: string): Promise<VaultUnderTest> {
  const child = spawn(await buildVault(version), ["-plugin-directory", pluginDirectory], { env: environment() });
  const lines: LogLine[] = [];
  createInterface(child.stderr).on("line", (line) => lines.push(parseLogLine(line)));
  const started = await firstLine(child, lines);
  return {
    name: `Vault ${version}`,
    abilities: abilitiesOf[version],
    address: started.address,
    rootToken: started.root_token,
    unsealKey: started.unseal_key,
    pluginDirectory,
    logs: () => lines,
    stop: () => stop(child),
    async kill() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

const abilitiesOf: Readonly<Record<VaultVersion, Abilities>> = {
  "1.21.4": { protocol: 5, sharesProcesses: true, hasPluginVersions: true },
  // Versions of plugins and processes for several mounts came with 1.12.
  "1.10.11": { protocol: 4, sharesProcesses: false, hasPluginVersions: false },
};

interface Started {
  readonly address: string;
  readonly root_token: string;
  readonly unseal_key: string;
}

// Plugins inherit the server's environment, and the test runner's variables are not part of what is tested.
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

async function firstLine(child: ChildProcessWithoutNullStreams, log: readonly LogLine[]): Promise<Started> {
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error(`Vault did not start: ${log.slice(-3).map(({ message }) => message)}`);
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  child.stdin.end();
  await exit;
  clearTimeout(timer);
}

function parseLogLine(line: string): LogLine {
  if (!line.startsWith("{")) return { level: "error", message: line, fields: {} };
  const { "@level": level, "@message": message, "@timestamp": _, ...fields } = JSON.parse(line);
  return { level, message, fields };
}
