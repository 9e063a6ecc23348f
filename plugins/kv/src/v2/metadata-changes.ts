import type { Data } from "@vaultwright/core";
import type { Engine } from "./engine.ts";
import type { Secret } from "./secret.ts";
import type { Settings } from "./settings.ts";

/** The fields of a change of metadata. Null, which only a patch has, sets a field back. */
export interface MetadataFields {
  readonly path: string;
  readonly max_versions?: number | null;
  readonly cas_required?: boolean | null;
  readonly delete_version_after?: number | null;
  readonly custom_metadata?: Data | null;
  readonly metadata_cas_required?: boolean | null;
  readonly metadata_cas?: number | null;
}

/** Whether a change of metadata changes anything. */
export function changesMetadata(fields: MetadataFields): boolean {
  const { max_versions, cas_required, delete_version_after, custom_metadata, metadata_cas_required } = fields;
  return [max_versions, cas_required, delete_version_after, custom_metadata, metadata_cas_required].some(
    (field) => field !== undefined,
  );
}

/** What a change of metadata warns of: settings of a secret that the mount does not let it have. */
export function metadataWarnings(fields: MetadataFields, settings: Settings): readonly string[] {
  const isIgnored = {
    cas_required: settings.casRequired && isOff(fields.cas_required),
    metadata_cas_required: settings.metadataCasRequired && isOff(fields.metadata_cas_required),
  };
  return Object.entries(isIgnored)
    .filter(([, ignored]) => ignored)
    .map(([name]) => `"${name}" set to false, but is mandated by backend config. This value will be ignored.`);
}

function isOff(field: boolean | null | undefined): boolean {
  return field !== undefined && !field;
}

/** What every change of metadata leaves behind: OpenBao counts it and notes its time, Vault does neither. */
export function counted({ isOpenBao }: Pick<Engine, "isOpenBao">, secret: Secret): Secret {
  if (!isOpenBao) return secret;
  return { ...secret, metadataVersion: secret.metadataVersion + 1, updated: Date.now() };
}
