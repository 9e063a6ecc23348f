import { list, type Path, path, t } from "@vaultwright/core";
import { keys } from "./keys.ts";

/** The names of all keys. */
export const keyList: Path = path("keys", {
  summary: "List the keys.",
  fields: {
    after: t.string({ description: "Lists only names that come after this one." }),
    limit: t.int({ description: "How many names are listed at most; zero or less means all." }),
  },
  async list({ fields: { after = "", limit = 0 }, storage }) {
    return list(await keys.list(storage, { after, limit }));
  },
});
