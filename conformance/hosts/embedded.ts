import type { Log, LogFields, LogLevel } from "@vaultwright/core";
import { startHost } from "@vaultwright/host";
import type { Abilities, LogLine, ServerUnderTest } from "./server.ts";

/** Starts the embedded host in this process, on a free port and in memory; it stands in for Vault. */
export async function startEmbedded(pluginDirectory: string): Promise<ServerUnderTest> {
  const lines: LogLine[] = [];
  const { address, rootToken, unsealKey, close } = await startHost({ pluginDirectory, log: collect(lines) });
  const running = { address, rootToken, unsealKey, pluginDirectory, logs: () => lines, stop: close };
  return { name: "embedded host", abilities, host: { kind: "vault", version: "1.21.4" }, ...running };
}

const abilities: Abilities = { protocol: 5, sharesProcesses: true, hasPluginVersions: true, hasTransactions: false };

function collect(lines: LogLine[], fields: LogFields = {}): Log {
  const write =
    (level: LogLevel) =>
    (message: string, more: LogFields = {}): void => {
      lines.push({ level, message, fields: { ...fields, ...more } });
    };
  return {
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (more) => collect(lines, { ...fields, ...more }),
  };
}
