import { UserError } from "@vaultwright/core";
import type { Secret } from "./secret.ts";
import type { Settings } from "./settings.ts";

/** Refuses a change of metadata that does not name the metadata version it follows, where it names one or has to. */
export function metadataCheckAndSet(given: number | undefined, settings: Settings, secret: Secret | undefined): void {
  if (given === undefined) {
    if (!settings.metadataCasRequired && !secret?.metadataCasRequired) return;
    throw new UserError("metadata check-and-set parameter required for this call");
  }
  if (!secret && given !== 0) throw new UserError("metadata_cas must be 0 when creating new metadata");
  if (secret && given !== secret.metadataVersion)
    throw new UserError("metadata check-and-set parameter does not match the current version");
}
