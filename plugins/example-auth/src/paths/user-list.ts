import { list, type Path, path, t } from "@vaultwright/core";
import { users } from "../users.ts";

/** `users`: the names of all users. */
export const userListPath: Path = path("users", {
  summary: "List the users.",
  fields: {
    after: t.string({ default: "", description: "Lists the names after this one." }),
    limit: t.int({ default: 0, description: "Lists so many names at most; zero means all." }),
  },
  list: async ({ fields, storage }) => list(await users.list(storage, fields)),
});
