import { type BackendType, type Log, UserError } from "@vaultwright/core/launch";
import type { CatalogueEntry } from "./catalogue.ts";
import type { PluginProcesses } from "./processes.ts";
import { normalVersion } from "./version.ts";

/**
 * Starts a plugin that is to be registered, and gives its entry with the version that it reports.
 *
 * A plugin that cannot be started, or asked, may be registered all the same, as with Vault: the type is the operator's
 * word, and mounting it shows what is wrong.
 */
export async function probePlugin(
  processes: PluginProcesses,
  entry: CatalogueEntry,
  log: Log,
): Promise<CatalogueEntry> {
  const reported = await reportedVersion(processes, entry, log);
  if (reported === "") return entry;
  if (entry.version !== "" && entry.version !== reported)
    throw new UserError(
      `plugin version mismatch: ${entry.name} reported version (${reported}) did not match requested version (${entry.version})`,
    );
  return { ...entry, version: selfReported(reported) };
}

/** Starts a plugin of which the operator did not say the type, to find it out. */
export async function probeType(
  processes: PluginProcesses,
  entry: Omit<CatalogueEntry, "type">,
  log: Log,
): Promise<BackendType> {
  const plugin = await processes.start({ ...entry, type: "secret" }, log);
  try {
    const backend = await plugin.mount({ uuid: "", config: new Map(), log });
    return backend.type;
  } finally {
    await plugin.kill();
  }
}

async function reportedVersion(processes: PluginProcesses, entry: CatalogueEntry, log: Log): Promise<string> {
  try {
    const plugin = await processes.start(entry, log);
    try {
      const backend = await plugin.mount({ uuid: "", config: new Map(), log });
      return await backend.version();
    } finally {
      await plugin.kill();
    }
  } catch (error) {
    log.warn("a plugin could not be asked for its version", { plugin: entry.name, error });
    return "";
  }
}

function selfReported(version: string): string {
  try {
    return normalVersion(version);
  } catch (cause) {
    const text = `plugin self-reported version ${JSON.stringify(version)} is not a valid semantic version`;
    throw new UserError(text, { cause });
  }
}
