import type { Path } from "@vaultwright/core";
import { attributionOf } from "../attribution.ts";
import { deletionTime } from "../deletion-time.ts";
import type { Engine } from "../engine.ts";
import { changeVersions, mapVersions, undeleted } from "../operations/change-versions.ts";
import { versionsPath } from "./versions-path.ts";

/** Undoes deletions; the life of a version that ends by itself begins anew. */
export function undeletePath(engine: Engine): Path {
  return versionsPath({
    operation: "undelete",
    summary: "Undo the deletion of versions of a secret.",
    description: "Where versions have a limited life, it begins anew.",
    missing: "No version number provided",
    async work(context, numbers) {
      const settings = await engine.settings.read(context.storage);
      await changeVersions(engine, context, {
        operation: "undelete",
        change({ secret, ...stored }) {
          const deletion = deletionTime(Date.now(), settings, secret);
          const versions = mapVersions(secret, numbers, (version) => undeleted(version, deletion));
          const lastUpdatedBy = attributionOf(context.request, "undelete");
          return { ...stored, secret: { ...secret, versions, lastUpdatedBy } };
        },
      });
    },
  });
}
