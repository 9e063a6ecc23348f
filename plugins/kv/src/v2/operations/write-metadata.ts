import type { Context, Response } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import { readCustomMetadata } from "../custom-metadata.ts";
import type { Engine } from "../engine.ts";
import { keyToWrite } from "../key.ts";
import { changesMetadata, counted, type MetadataFields, metadataWarnings } from "../metadata-changes.ts";
import { metadataCheckAndSet } from "../metadata-check-and-set.ts";
import { sendEvent } from "../notify.ts";
import { newSecret, type Secret } from "../secret.ts";
import { unsigned } from "../unsigned.ts";

/** Changes those settings of a secret that are given; a secret that is not there is made, without versions. */
export async function writeMetadata(engine: Engine, context: Context<MetadataFields>): Promise<Response | undefined> {
  const { locks, secrets, settings } = engine;
  const { fields, request, signal, storage } = context;
  const key = keyToWrite(fields.path);
  if (!changesMetadata(fields)) return undefined;
  const changes = changesOf(fields);
  const mount = await settings.read(storage);
  const warnings = metadataWarnings(fields, mount);
  const work = async () => {
    const { secret, ...stored } = await secrets.getChecked(storage, request, key);
    metadataCheckAndSet(fields.metadata_cas ?? undefined, mount, secret);
    const changed = counted(engine, { ...(secret ?? newSecret(Date.now())), ...changes });
    await secrets.put(storage, key, { ...stored, secret: changed });
    const path = `metadata/${key}`;
    sendEvent(context, { operation: "metadata-write", path, dataPath: path });
    observe(context, "kvv2/metadata/write");
  };
  await locks.exclusive(key, work, { signal });
  return warnings.length === 0 ? undefined : { warnings };
}

function changesOf(fields: MetadataFields): Partial<Secret> {
  const { max_versions, cas_required, delete_version_after, custom_metadata, metadata_cas_required } = fields;
  return {
    ...(typeof max_versions === "number" && { maxVersions: unsigned(max_versions) }),
    ...(typeof cas_required === "boolean" && { casRequired: cas_required }),
    ...(typeof delete_version_after === "number" && { deleteVersionAfter: delete_version_after }),
    ...(custom_metadata && { customMetadata: readCustomMetadata(custom_metadata) }),
    ...(typeof metadata_cas_required === "boolean" && { metadataCasRequired: metadata_cas_required }),
  };
}
