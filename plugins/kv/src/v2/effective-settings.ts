import type { Data } from "@vaultwright/core";
import { lifetimeOf } from "./deletion-time.ts";
import type { Engine } from "./engine.ts";
import type { Secret } from "./secret.ts";
import type { MountSettings } from "./settings.ts";
import { durationText } from "./texts.ts";
import { versionLimit } from "./version-window.ts";

/** The settings of a secret that rules: all of them off for what holds of a secret without any. */
type OwnSettings = Pick<Secret, "maxVersions" | "casRequired" | "deleteVersionAfter" | "metadataCasRequired">;

const none: OwnSettings = { maxVersions: 0, casRequired: false, deleteVersionAfter: 0, metadataCasRequired: false };

/** The member of an answer that says which settings apply, in mounts that show it. */
export function effectiveSettings(
  { isOpenBao }: Pick<Engine, "isOpenBao">,
  mount: MountSettings,
  own: OwnSettings = none,
): Data {
  if (!mount.showsEffective) return {};
  const settings = {
    max_versions: versionLimit(own.maxVersions, mount.maxVersions),
    cas_required: mount.casRequired || own.casRequired,
    delete_version_after: durationText(lifetimeOf(mount, own)),
    ...(isOpenBao && { metadata_cas_required: mount.metadataCasRequired || own.metadataCasRequired }),
  };
  return { effective_settings: settings };
}
