import { type launch, PluginGone } from "@vaultwright/core/launch";

/** Starts a plugin's process. */
export type PluginLauncher = typeof launch;

/** Says whether a call failed because the plugin's process is gone, in which case another process may answer it. */
export function isPluginGone(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) if (error instanceof PluginGone) return true;
  return false;
}
