import { type Path, path, t } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { findVersion, isReadable, unreadable } from "../find-version.ts";
import { keyOf } from "../key.ts";
import { shapeOf } from "../shape.ts";
import { versionFacts } from "../version-facts.ts";

/** The names within values, for those who may not see the values. */
export function subkeysPath({ locks, secrets }: Engine): Path {
  return path("subkeys/:path*", {
    summary: "Read which members the value of a secret has, without what they are.",
    description: "Members that hold objects show theirs; anything else is null.",
    display: { operationPrefix: "kv-v2", operationVerb: "read", operationSuffix: "subkeys" },
    fields: {
      path: t.string({ description: "Where the secret is." }),
      depth: t.int({ description: "How many levels to show; 0, which is the default, for all.", query: true }),
      version: t.int({ description: "The version to read; by default the current one.", query: true }),
    },
    read: {
      responses: {
        200: {
          description: "The members and what is known of the version.",
          fields: { subkeys: t.map({ required: true }), metadata: t.map({ required: true }) },
        },
      },
      async handler({ fields, request, signal, storage }) {
        const key = keyOf(fields.path);
        const work = async () => {
          const found = findVersion(await secrets.get(storage, key), fields.version);
          if (!found) return undefined;
          if (!isReadable(found)) return unreadable(request, found, "subkeys");
          const { secret, number, version } = found;
          const value = await secrets.getValue(storage, key, secret, number);
          const subkeys = shapeOf(value, fields.depth ?? 0);
          return { data: { subkeys, metadata: versionFacts(secret, number, version) } };
        };
        return locks.shared(key, work, { signal });
      },
    },
  });
}
