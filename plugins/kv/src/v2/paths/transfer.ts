import { type Path, path, t } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { transferSecret } from "../operations/transfer-secret.ts";

const summaries = {
  copy: "Copy a secret with all of its versions and its metadata.",
  move: "Move a secret with all of its versions and its metadata.",
} as const;

/** Copies or moves secrets, so that nobody needs to read them in order to put them in another place. */
export function transferPath(engine: Engine, operation: "copy" | "move"): Path {
  return path(`${operation}/:path*`, {
    summary: summaries[operation],
    description: "There must be no secret at the destination yet. Numbers, times and settings stay as they are.",
    display: { operationPrefix: "kv-v2", operationVerb: operation },
    fields: {
      path: t.string({ description: "Where the secret is." }),
      destination: t.string({ description: "Where it is to be, in the same mount.", required: true }),
    },
    update: {
      responses: { 204: { description: "Done." }, 404: { description: "There is no such secret." } },
      handler: (context) => transferSecret(engine, context, operation),
    },
  });
}
