import { type BackendType, type Log, LogicalError, UserError } from "@vaultwright/core/launch";
import type { CatalogueEntry } from "./catalogue.ts";
import type { PluginProcesses } from "./processes.ts";
import { normalVersion } from "./version.ts";

/** Starts a plugin that is to be registered, and gives its entry with the version that it reports. */
export async function probePlugin(
  processes: PluginProcesses,
  entry: CatalogueEntry,
  log: Log,
): Promise<CatalogueEntry> {
  const { type, version: reported } = await describePlugin(processes, entry, log);
  if (type !== undefined && type !== entry.type)
    throw new UserError(`the plugin ${entry.name} is of type ${type} and not ${entry.type}`);
  if (reported === "") return entry;
  if (entry.version !== "" && entry.version !== normalVersion(reported))
    throw new UserError(
      `plugin version mismatch: ${entry.name} reported version (${reported}) did not match requested version (${entry.version})`,
    );
  return { ...entry, version: selfReported(reported) };
}

interface Description {
  /** Unknown when the plugin cannot be set up without storage. */
  readonly type: BackendType | undefined;
  readonly version: string;
}

async function describePlugin(processes: PluginProcesses, entry: CatalogueEntry, log: Log): Promise<Description> {
  const plugin = await startForProbe(processes, entry, log);
  try {
    const backend = await plugin.mount({ uuid: "", config: new Map(), log });
    return { type: backend.type, version: await backend.version() };
  } catch (error) {
    // The type is the operator's word, so a plugin that cannot be set up yet may still be registered.
    log.debug("the plugin could not be asked for its version", { plugin: entry.name, error });
    return { type: undefined, version: "" };
  } finally {
    await plugin.kill();
  }
}

async function startForProbe(processes: PluginProcesses, entry: CatalogueEntry, log: Log) {
  try {
    return await processes.start(entry, log);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`unable to run plugin: ${LogicalError.from(cause).message}`, { cause });
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
