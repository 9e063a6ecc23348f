import { type Path, path, t } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { changeTree } from "../operations/change-tree.ts";

const texts = {
  delete: {
    summary: "Delete all versions of all secrets below a folder, which can be undone.",
    description: "Their values stay in the storage and are no longer shown.",
  },
  undelete: {
    summary: "Undo the deletion of all secrets below a folder.",
    description: "It brings back what delete-tree/ deleted, and no version that was deleted by itself.",
  },
} as const;

/** Deletes everything below a folder, or undoes that. */
export function treePath(engine: Engine, operation: "delete" | "undelete"): Path {
  const { summary, description } = texts[operation];
  return path(`${operation}-tree/:path*`, {
    summary,
    description: `${description} An answer that has \`next\` is not the last: ask again with it as \`after\`.`,
    display: { operationPrefix: "kv-v2", operationVerb: operation, operationSuffix: "tree" },
    fields: {
      path: t.string({ description: "The folder, with all folders in it." }),
      dry_run: t.bool({ default: true, description: "Whether they are only counted, which is the default." }),
      after: t.string({ description: "Goes on behind this name, which is relative to the folder." }),
    },
    update: {
      returns: {
        dry_run: t.bool({ required: true }),
        secrets: t.int({ required: true, description: "How many secrets have such versions." }),
        versions: t.int({ required: true, description: "How many versions there are." }),
        next: t.string({ description: "Where the next request goes on; absent at the end." }),
      },
      handler: (context) => changeTree(engine, context, operation),
    },
  });
}
