import { list, type Path, pageFields, path } from "@vaultwright/core";
import { users } from "../users.ts";

/** `users`: the names of all users. */
export const userListPath: Path = path("users", {
  summary: "List the users.",
  fields: pageFields,
  list: async ({ fields, storage }) => list(await users.list(storage, fields)),
});
