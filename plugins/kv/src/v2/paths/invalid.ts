import { type Context, type Path, path, type Request, respondWithStatus } from "@vaultwright/core";
import type { Engine } from "../engine.ts";

const verbs: ReadonlyMap<Request["operation"], string> = new Map([
  ["create", "put"],
  ["update", "put"],
  ["patch", "patch"],
  ["read", "get"],
  ["list", "list"],
  ["scan", "scan"],
  ["delete", "delete"],
]);

const roots: ReadonlySet<string> = new Set(["metadata", "data", "delete", "undelete", "destroy"]);

/** Answers what no other path does, so that somebody who took this for version 1 learns what to do. */
export function invalidPath({ isOpenBao }: Engine): Path {
  const answer = ({ request }: Context<unknown>) => respondWithStatus(request, 404, { warnings: [textFor(request)] });

  function textFor({ operation, path }: Request): string {
    if (roots.has(path)) return "Non-listing operations on the root of a K/V v2 mount are not supported.";
    const verb = verbs.get(operation) ?? "";
    const command = isOpenBao ? `OpenBao CLI, use 'bao kv ${verb}'` : `Vault CLI, use 'vault kv ${verb}'`;
    return (
      "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. " +
      `If using the ${command} for this operation.`
    );
  }

  const operation = { handler: answer, unpublished: true };
  return path(/.*/, {
    summary: "",
    description: "The paths of this engine begin with config, data, delete, destroy, metadata, subkeys and undelete.",
    fields: {},
    read: operation,
    update: operation,
    patch: operation,
    delete: operation,
    list: operation,
    scan: operation,
  });
}
