import { list, type Path, pageFields, path } from "@vaultwright/core";
import { keys } from "./keys.ts";

/** The names of all keys. */
export const keyList: Path = path("keys", {
  summary: "List the keys.",
  fields: pageFields,
  list: async ({ fields, storage }) => list(await keys.list(storage, fields)),
});
