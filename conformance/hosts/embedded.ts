import type { Host, HostKind, Log, LogFields, LogLevel } from "@vaultwright/core";
import { startHost } from "@vaultwright/host";
import type { Abilities, LogLine, ServerUnderTest } from "./server.ts";

/** Starts the embedded host in this process, on a free port and in memory, in the place of a product. */
export async function startEmbedded(pluginDirectory: string, like: HostKind): Promise<ServerUnderTest> {
  const lines: LogLine[] = [];
  const { address, rootToken, unsealKey, close } = await startHost({ pluginDirectory, like, log: collect(lines) });
  const running = { address, rootToken, unsealKey, pluginDirectory, logs: () => lines, stop: close };
  return { name: `embedded host like ${like}`, abilities: abilitiesOf(like), host: hosts[like], ...running };
}

const hosts: Readonly<Record<HostKind, Host>> = {
  vault: { kind: "vault", version: "1.21.4" },
  openbao: { kind: "openbao", version: "2.6.2" },
};

function abilitiesOf(like: HostKind): Abilities {
  return { protocol: 5, sharesProcesses: true, hasPluginVersions: true, hasTransactions: like === "openbao" };
}

/** Makes a log that keeps its lines. */
export function collect(lines: LogLine[], fields: LogFields = {}): Log {
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
