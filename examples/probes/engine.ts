import { type Backend, createLocks, secretsEngine } from "@vaultwright/core";
import { probePath } from "./probe-path.ts";
import { probesPath, zonePath } from "./probes-path.ts";
import { forgetOld, resultPath, resultsPath } from "./results.ts";
import { createSettings, settingsPath } from "./settings.ts";

/** An engine that keeps what a monitoring system asks of servers, and what they answered. */
export function probesEngine(): Backend {
  const settings = createSettings();
  return secretsEngine({
    help: "Keeps what is asked of servers, and what they answered.",
    paths: [settingsPath(settings), probesPath, probePath(createLocks()), zonePath, resultsPath, resultPath],
    invalidate: (key) => settings.invalidate(key),
    periodic: async (call) => forgetOld(call, (await settings.get(call.storage)).keep_for),
  });
}
