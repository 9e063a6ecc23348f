import { type Data, InvalidRequest, t } from "@vaultwright/core";
import type { Secret } from "./secret.ts";
import type { Settings } from "./settings.ts";

const integer = t.int({ default: 0 });

/** Refuses a write that does not name the current version, where it names one or has to. */
export function checkAndSet(options: Data, settings: Settings, { casRequired, currentVersion }: Secret): void {
  if (!Object.hasOwn(options, "cas")) {
    if (!settings.casRequired && !casRequired) return;
    throw new InvalidRequest("check-and-set parameter required for this call");
  }
  const parsed = integer["~standard"].validate(options["cas"]);
  if (parsed.issues) throw new InvalidRequest("error parsing check-and-set parameter");
  if (parsed.value !== currentVersion)
    throw new InvalidRequest("check-and-set parameter did not match the current version");
}
