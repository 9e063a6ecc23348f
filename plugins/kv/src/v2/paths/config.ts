import { type Path, path, t } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import { effectiveSettings } from "../effective-settings.ts";
import type { Engine } from "../engine.ts";
import { sendEvent } from "../notify.ts";
import { durationText } from "../texts.ts";
import { unsigned } from "../unsigned.ts";

/** The settings of the mount. */
export function configPath(engine: Engine): Path {
  const { isOpenBao, settings } = engine;
  return path("config", {
    summary: "Settings for all secrets of the mount.",
    description:
      "They hold for what is written from then on. A secret can ask for more versions than the mount keeps, and for a " +
      "shorter life of its versions, in its metadata.",
    display: { operationPrefix: "kv-v2" },
    fields: {
      max_versions: t.int({ description: "How many versions of each secret are kept; 0 means 10." }),
      cas_required: t.bool({ description: "Whether each write has to name the version that it follows." }),
      delete_version_after: t.signedSeconds({
        description: "How long a version lives before it is deleted. Zero means for ever; negative, for all secrets.",
      }),
      ...(isOpenBao && {
        metadata_cas_required: t.bool({
          description: "Whether each write of metadata has to name the metadata version that it follows.",
        }),
      }),
    },
    read: {
      summary: "Shows the settings.",
      display: { operationVerb: "read", operationSuffix: "configuration" },
      returns: {
        max_versions: t.int({ required: true }),
        cas_required: t.bool({ required: true }),
        delete_version_after: t.signedSeconds({ required: true }),
        ...(isOpenBao && { metadata_cas_required: t.bool({ required: true }) }),
      },
      async handler(context) {
        const found = await settings.read(context.storage);
        observe(context, "kvv2/config/read");
        const data = {
          max_versions: found.maxVersions,
          cas_required: found.casRequired,
          delete_version_after: durationText(found.deleteVersionAfter),
          ...(isOpenBao && { metadata_cas_required: found.metadataCasRequired }),
          ...effectiveSettings(engine, found),
        };
        return { data };
      },
    },
    update: {
      summary: "Changes the settings that are given.",
      display: { operationVerb: "configure" },
      responses: { 204: { description: "The settings are stored." } },
      async handler(context) {
        const { max_versions, cas_required, delete_version_after: after, metadata_cas_required } = context.fields;
        const changes = {
          ...(max_versions !== undefined && { maxVersions: unsigned(max_versions) }),
          ...(cas_required !== undefined && { casRequired: cas_required }),
          ...(after !== undefined && { deleteVersionAfter: Math.max(after, -1) }),
          ...(metadata_cas_required !== undefined && { metadataCasRequired: metadata_cas_required }),
        };
        if (Object.keys(changes).length === 0) return;
        await settings.change(context.storage, changes);
        sendEvent(context, { operation: "config-write", path: "config", dataPath: "config" });
        observe(context, "kvv2/config/write");
      },
    },
  });
}
