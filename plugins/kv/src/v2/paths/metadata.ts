import { list, type Path, pageFields, path, t } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import { effectiveSettings } from "../effective-settings.ts";
import type { Engine } from "../engine.ts";
import { keyOf } from "../key.ts";
import { metadataFacts } from "../metadata-facts.ts";
import { deleteSecret } from "../operations/delete-secret.ts";
import { listAlive, listPage } from "../operations/list-secrets.ts";
import { patchMetadata } from "../operations/patch-metadata.ts";
import { walkSecrets } from "../operations/walk-secrets.ts";
import { writeMetadata } from "../operations/write-metadata.ts";

/** What is known of secrets beside their values, and which secrets there are. */
export function metadataPath(engine: Engine): Path {
  const { isOpenBao, secrets, settings } = engine;
  return path("metadata/:path*", {
    summary: "Settings and versions of a secret, and the list of secrets.",
    description:
      "Deleting the metadata of a secret deletes the secret with all of its versions, which cannot be undone.",
    display: { operationPrefix: "kv-v2" },
    fields: {
      path: t.string({ description: "Where the secret is, or the folder to list." }),
      max_versions: t.int({ description: "How many versions are kept, if that is more than the mount says." }),
      cas_required: t.bool({ description: "Whether each write has to name the version that it follows." }),
      delete_version_after: t.seconds({
        description: "How long a version lives before it is deleted, if that is less than the mount says.",
      }),
      custom_metadata: t.map({ description: "Texts of your own by name, which describe the secret." }),
      ...(isOpenBao && {
        metadata_cas_required: t.bool({
          description: "Whether each write of metadata has to name the metadata version that it follows.",
        }),
        metadata_cas: t.int({ description: "The metadata version that this write follows; 0 before the first." }),
        ...pageFields,
      }),
      ...(!isOpenBao && {
        exclude_deleted: t.bool({
          description: "Leaves secrets out of a list whose current version has a time of deletion.",
        }),
      }),
    },
    exists: ({ fields, request, storage }) => secrets.exists(storage, request, keyOf(fields.path)),
    read: {
      display: { operationSuffix: "metadata" },
      returns: {
        versions: t.map({ required: true }),
        current_version: t.int64({ required: true }),
        oldest_version: t.int64({ required: true }),
        created_time: t.time({ required: true }),
        updated_time: t.time({ required: true }),
        max_versions: t.int64({ required: true }),
        cas_required: t.bool({ required: true }),
        delete_version_after: t.seconds({ required: true }),
        custom_metadata: t.map({ required: true }),
        ...(isOpenBao && {
          current_metadata_version: t.int64({ required: true }),
          metadata_cas_required: t.bool({ required: true }),
        }),
        ...(!isOpenBao && { last_updated_by: t.map() }),
      },
      async handler(context) {
        const { secret } = await secrets.get(context.storage, keyOf(context.fields.path));
        if (!secret) return undefined;
        observe(context, "kvv2/metadata/read");
        const mount = await settings.read(context.storage);
        return { data: { ...metadataFacts(engine, secret), ...effectiveSettings(engine, mount, secret) } };
      },
    },
    write: {
      display: { operationSuffix: "metadata" },
      responses: { 204: { description: "The settings are stored." } },
      handler: (context) => writeMetadata(engine, context),
    },
    patch: {
      responses: { 204: { description: "The settings are stored." } },
      handler: (context) => patchMetadata(engine, context),
    },
    delete: {
      display: { operationSuffix: "metadata-and-all-versions" },
      responses: { 204: { description: "There is no such secret any more." } },
      handler: (context) => deleteSecret(engine, context),
    },
    list: {
      display: { operationVerb: "list" },
      async handler({ fields: { path, exclude_deleted, after, limit }, storage }) {
        if (exclude_deleted) return list(await listAlive(secrets, storage, path));
        return list(await listPage(secrets, storage, path, { after, limit }));
      },
    },
    scan: async ({ fields, storage }) => list(await Array.fromAsync(walkSecrets(secrets, storage, fields.path))),
  });
}
