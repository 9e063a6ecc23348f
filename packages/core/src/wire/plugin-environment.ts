import type { PluginEnvironment as PluginEnvironmentMessage } from "../gen/logical/plugin.ts";
import type { PluginEnvironment } from "../logical/system-view.ts";

/** Gives the host's version as a message. */
export function pluginEnvironmentToWire(environment: PluginEnvironment): PluginEnvironmentMessage {
  return {
    vaultVersion: environment.version,
    vaultVersionPrerelease: environment.versionPrerelease,
    vaultVersionMetadata: environment.versionMetadata,
  };
}

/** Reads the host's version. */
export function pluginEnvironmentFromWire(environment: PluginEnvironmentMessage): PluginEnvironment {
  return {
    version: environment.vaultVersion,
    versionPrerelease: environment.vaultVersionPrerelease,
    versionMetadata: environment.vaultVersionMetadata,
  };
}
