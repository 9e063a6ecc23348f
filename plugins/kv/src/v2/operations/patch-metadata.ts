import { type Context, type Data, mergePatch, type Response, respondWithStatus, UserError } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import { readCustomMetadata } from "../custom-metadata.ts";
import type { Engine } from "../engine.ts";
import { keyToWrite } from "../key.ts";
import { changesMetadata, counted, type MetadataFields, metadataWarnings } from "../metadata-changes.ts";
import { metadataCheckAndSet } from "../metadata-check-and-set.ts";
import { sendEvent } from "../notify.ts";
import type { Secret } from "../secret.ts";
import { unsigned } from "../unsigned.ts";

/** Changes the settings of a secret that is there by a merge patch: null sets one back. */
export async function patchMetadata(engine: Engine, context: Context<MetadataFields>): Promise<Response | undefined> {
  const { isOpenBao, locks, secrets, settings } = engine;
  const { fields, request, signal, storage } = context;
  // Vault's engine also takes this for a change, of nothing.
  if (isOpenBao && !changesMetadata(fields)) return undefined;
  const key = keyToWrite(fields.path);
  const custom = customChangesOf(fields.custom_metadata);
  const mount = await settings.read(storage);
  const warnings = metadataWarnings(fields, mount);
  const work = async () => {
    const { secret, ...stored } = await secrets.get(storage, key);
    if (!secret) return respondWithStatus(request, 404);
    metadataCheckAndSet(fields.metadata_cas === null ? 0 : fields.metadata_cas, mount, secret);
    const { customMetadata } = mergePatch({ customMetadata: secret.customMetadata }, custom);
    const changed = counted(engine, { ...secret, ...changesOf(engine, fields), customMetadata: customMetadata ?? {} });
    await secrets.put(storage, key, { ...stored, secret: changed });
    const path = `metadata/${key}`;
    sendEvent(context, { operation: "metadata-patch", path, dataPath: path });
    observe(context, "kvv2/metadata/patch");
    return warnings.length === 0 ? undefined : { warnings };
  };
  return locks.exclusive(key, work, { signal });
}

function changesOf({ isOpenBao }: Engine, fields: MetadataFields): Partial<Secret> {
  const { max_versions, cas_required, delete_version_after: after, metadata_cas_required } = fields;
  if (max_versions && max_versions < 0) throw new UserError("max_versions must not be negative");
  if (max_versions && max_versions !== unsigned(max_versions)) throw new UserError("max_versions is too large");
  // What null means for a duration is that none is given; zero changes nothing on OpenBao.
  const changesDuration = typeof after === "number" && !(isOpenBao && after === 0);
  return {
    ...(max_versions !== undefined && { maxVersions: max_versions ?? 0 }),
    ...(cas_required !== undefined && { casRequired: cas_required ?? false }),
    ...(changesDuration && { deleteVersionAfter: after }),
    ...(metadata_cas_required !== undefined && { metadataCasRequired: metadata_cas_required ?? false }),
  };
}

/** The part of the patch that is about metadata of the user's own: null removes a member, or all. */
function customChangesOf(given: Data | null | undefined): {
  readonly customMetadata?: Readonly<Record<string, string | null>> | null;
} {
  if (given === undefined) return {};
  if (given === null) return { customMetadata: null };
  const members = Object.entries(given);
  const kept = readCustomMetadata(Object.fromEntries(members.filter(([, value]) => value !== null)));
  const removed = members.filter(([, value]) => value === null).map(([name]) => [name, null] as const);
  return { customMetadata: Object.fromEntries([...Object.entries(kept), ...removed]) };
}
