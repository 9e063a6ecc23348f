import { type Context, InvalidRequest, type Path, path, t } from "@vaultwright/core";

/** What sets one of the paths apart that do something with some versions of a secret. */
export interface VersionsPath {
  readonly operation: "delete" | "undelete" | "destroy";
  readonly summary: string;
  readonly description: string;
  /** What is said to a request that names no version. */
  readonly missing: string;
  work(context: Context<VersionsFields>, versions: readonly number[]): Promise<void>;
}

/** The fields of such a path. */
export interface VersionsFields {
  readonly path: string;
  readonly versions?: readonly number[];
}

/** Makes one of the paths that do something with some versions of a secret. */
export function versionsPath({ operation, summary, description, missing, work }: VersionsPath): Path {
  return path(`${operation}/:path*`, {
    summary,
    description,
    display: { operationPrefix: "kv-v2", operationVerb: operation, operationSuffix: "versions" },
    fields: {
      path: t.string({ description: "Where the secret is." }),
      versions: t.commaInts({ description: "The numbers of the versions." }),
    },
    update: {
      responses: { 204: { description: "Done, as far as there are such versions." } },
      async handler(context) {
        const { versions = [] } = context.fields;
        if (versions.length === 0) throw new InvalidRequest(missing);
        await work(context, versions);
      },
    },
  });
}
