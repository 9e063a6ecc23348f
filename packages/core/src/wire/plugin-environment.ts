import type { PluginEnvironment as PluginEnvironmentMessage } from "../gen/logical/plugin.ts";
import { present } from "../logical/present.ts";
import type { PluginEnvironment } from "../logical/system-view.ts";
import { timeFromWire, timeToWire } from "./time.ts";

/** Gives the host's version as a message. */
export function pluginEnvironmentToWire(environment: PluginEnvironment): PluginEnvironmentMessage {
  return {
    vaultVersion: environment.version,
    vaultVersionPrerelease: environment.versionPrerelease,
    vaultVersionMetadata: environment.versionMetadata,
    vaultBuildDate: environment.buildDate && timeToWire(environment.buildDate),
  };
}

/** Reads the host's version. */
export function pluginEnvironmentFromWire(environment: PluginEnvironmentMessage): PluginEnvironment {
  return present({
    version: environment.vaultVersion,
    versionPrerelease: environment.vaultVersionPrerelease,
    versionMetadata: environment.vaultVersionMetadata,
    buildDate: timeFromWire(environment.vaultBuildDate),
  });
}
