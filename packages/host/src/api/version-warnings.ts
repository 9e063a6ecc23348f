import type { MountEntry } from "../mounts/mount-entry.ts";
import type { Catalogue } from "../plugins/catalogue.ts";

/** Says that a secrets engine runs another version than it is set to, and why; nothing where it does not. */
export function runningVersionWarnings(catalogue: Catalogue, entry: MountEntry): string[] {
  const { table, type, pluginVersion, runningVersion } = entry;
  if (table !== "secret" || pluginVersion === "" || pluginVersion === runningVersion) return [];
  const [set, running] = [JSON.stringify(pluginVersion), JSON.stringify(runningVersion)];
  const reason =
    catalogue.pinned(table, type) === runningVersion
      ? "because that version is pinned"
      : "either due to a pinned version or because the plugin was upgraded and not yet reloaded";
  return [`Plugin version is configured as ${set}, but running ${running} ${reason}`];
}

/** Says that a pin rules over the version that a mount is set to. */
export function pinWarnings(catalogue: Catalogue, { table, type, pluginVersion }: MountEntry): string[] {
  const pin = catalogue.pinned(table, type);
  if (pin === undefined || pin === pluginVersion) return [];
  return [`plugin_version is configured as ${pluginVersion} but a version pin for ${pin} is in effect`];
}
