import type { Path } from "@vaultwright/core";
import { attributionOf } from "../attribution.ts";
import type { Engine } from "../engine.ts";
import { changeVersions, mapVersions } from "../operations/change-versions.ts";
import { isDeleted } from "../secret.ts";
import { versionsPath } from "./versions-path.ts";

/** Deletes versions so that it can be undone. */
export function deletePath(engine: Engine): Path {
  return versionsPath({
    operation: "delete",
    summary: "Delete versions of a secret, which can be undone.",
    description: "Their values stay in the storage and are no longer shown.",
    missing: "No version number provided",
    work: (context, numbers) =>
      changeVersions(engine, context, {
        operation: "delete",
        change({ secret, ...stored }) {
          const by = attributionOf(context.request);
          const versions = mapVersions(secret, numbers, (version) =>
            isDeleted(version) ? version : { ...version, deletion: Date.now(), deletedBy: by },
          );
          return { ...stored, secret: { ...secret, versions, lastUpdatedBy: by } };
        },
      }),
  });
}
