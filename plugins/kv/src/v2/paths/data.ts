import { type Path, path, t } from "@vaultwright/core";
import type { Engine } from "../engine.ts";
import { keyOf } from "../key.ts";
import { deleteCurrent } from "../operations/delete-current.ts";
import { patchData } from "../operations/patch-data.ts";
import { readData } from "../operations/read-data.ts";
import { recoverData, writeData } from "../operations/write-data.ts";

const written = {
  200: {
    description: "The new version.",
    fields: {
      version: t.int64({ required: true }),
      created_time: t.time({ required: true }),
      deletion_time: t.string({ required: true }),
      destroyed: t.bool({ required: true }),
      custom_metadata: t.map({ required: true }),
    },
  },
};

/** The values of secrets. */
export function dataPath(engine: Engine): Path {
  const { secrets } = engine;
  // A path that ends in a slash is none of a value.
  return path("data/(?P<path>.*[^/])", {
    summary: "Write, patch, read and delete the value of a secret.",
    description:
      "Each write makes a new version. A patch changes the current version by a JSON merge patch and makes a new one of it. " +
      "A deletion hides the current version and can be undone.",
    display: { operationPrefix: "kv-v2" },
    fields: {
      path: t.string({ description: "Where the secret is." }),
      version: t.int({ description: "The version to read; by default the current one." }),
      data: t.map({ description: "The value." }),
      options: t.map({
        description:
          "`cas` makes the write conditional: it is the current version's number, or 0 for a secret without versions.",
      }),
    },
    exists: ({ fields, request, storage }) => secrets.exists(storage, request, keyOf(fields.path)),
    read: {
      display: { operationVerb: "read" },
      responses: {
        200: {
          description: "The value and what is known of its version.",
          fields: { data: t.map({ required: true }), metadata: t.map({ required: true }) },
        },
      },
      handler: (context) => readData(engine, context),
    },
    write: {
      display: { operationVerb: "write" },
      responses: written,
      handler: (context) => writeData(engine, context),
    },
    patch: {
      display: { operationVerb: "patch" },
      responses: written,
      handler: (context) => patchData(engine, context),
    },
    recover: {
      display: { operationVerb: "recover" },
      responses: written,
      handler: (context) => recoverData(engine, context),
    },
    delete: {
      display: { operationVerb: "delete" },
      responses: { 204: { description: "The current version is deleted, if there is one." } },
      handler: (context) => deleteCurrent(engine, context),
    },
  });
}
