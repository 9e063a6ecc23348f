import { type Path, path, t } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { searchSecrets } from "../operations/search-secrets.ts";

/** Finds secrets by their names and their custom metadata, in mounts that allow it. */
export function searchPath(engine: Engine): Path {
  return path("search/:path*", {
    summary: "Find secrets below a folder by their names and their custom metadata.",
    description:
      "Values are not searched and not shown. An answer that has `next` is not the last: ask again with it as `after`.",
    display: { operationPrefix: "kv-v2", operationVerb: "search" },
    fields: {
      path: t.string({ description: "The folder to search, with all folders in it." }),
      name: t.string({ description: "What names below the folder look like; `*` stands for any text.", query: true }),
      metadata: t.pairs({
        description: "What custom metadata looks like, as `name=value`; `*` in a value stands for any text.",
        query: true,
      }),
      after: t.string({ description: "Finds only names that come after this one, which need not exist.", query: true }),
      limit: t.int({ description: "How many secrets are found at most; there are never more than 500.", query: true }),
    },
    read: {
      returns: {
        keys: t.strings({ required: true, description: "Names, relative to the folder." }),
        key_info: t.map({ required: true, description: "The custom metadata of each." }),
        next: t.string({ description: "Where the next request goes on; absent at the end." }),
      },
      handler: (context) => searchSecrets(engine, context),
    },
  });
}
