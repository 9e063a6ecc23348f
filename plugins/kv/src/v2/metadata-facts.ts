import type { Data } from "@vaultwright/core";
import type { Engine } from "./engine.ts";
import type { Secret, Version } from "./secret.ts";
import { durationText, timeText } from "./texts.ts";
import { shownCustomMetadata } from "./version-facts.ts";

/** What the metadata of a secret shows: the two hosts' engines differ in some members. */
export function metadataFacts({ isOpenBao }: Pick<Engine, "isOpenBao">, secret: Secret): Data {
  const versions = Object.entries(secret.versions).map(([number, version]) => [
    number,
    { ...timesOf(version), ...(!isOpenBao && peopleOf(version)) },
  ]);
  return {
    versions: Object.fromEntries(versions),
    current_version: secret.currentVersion,
    oldest_version: secret.oldestVersion,
    created_time: timeText(secret.created),
    updated_time: timeText(secret.updated),
    max_versions: secret.maxVersions,
    cas_required: secret.casRequired,
    delete_version_after: durationText(secret.deleteVersionAfter),
    custom_metadata: shownCustomMetadata(secret),
    ...(isOpenBao
      ? { current_metadata_version: secret.metadataVersion, metadata_cas_required: secret.metadataCasRequired }
      : { last_updated_by: secret.lastUpdatedBy ?? null }),
  };
}

function timesOf({ created, deletion, isDestroyed }: Version): Data {
  return { created_time: timeText(created), deletion_time: timeText(deletion), destroyed: isDestroyed ?? false };
}

function peopleOf({ createdBy, deletedBy }: Version): Data {
  return { created_by: createdBy ?? null, deleted_by: deletedBy ?? null };
}
