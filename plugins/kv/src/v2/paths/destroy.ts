import type { Path } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { deleteValues } from "../leftovers.ts";
import { changeVersions, mapVersions } from "../operations/change-versions.ts";
import { versionOf, withoutValues } from "../secret.ts";
import { versionsPath } from "./versions-path.ts";

/** Deletes the values of versions for good. */
export function destroyPath(engine: Engine): Path {
  return versionsPath({
    operation: "destroy",
    summary: "Delete the values of versions of a secret for good.",
    description: "What is known of the versions stays, and their numbers are not used again.",
    missing: "no version number provided",
    work: (context, numbers) =>
      changeVersions(engine, context, {
        operation: "destroy",
        change({ secret, leftovers = [] }) {
          const doomed = numbers.filter((number) => versionOf(secret, number));
          const versions = mapVersions(secret, doomed, (version) => ({ ...version, isDestroyed: true }));
          const changed = { ...secret, versions, values: withoutValues(secret, doomed) };
          if (!secret.hasValueRecords) return { secret: changed, leftovers };
          // Noted before they go, so that the next write tries again what an interruption leaves.
          return { secret: changed, leftovers: [...new Set([...leftovers, ...doomed])] };
        },
        async after(key, { leftovers = [] }) {
          const { error } = await deleteValues(engine, context.storage, key, leftovers);
          if (error) throw error;
        },
      }),
  });
}
