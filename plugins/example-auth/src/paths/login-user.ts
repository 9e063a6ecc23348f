import { type Path, path, t } from "@vaultwright/core";
import { logInUser } from "../log-in.ts";
import type { MountMemory } from "../mount-memory.ts";
import { userName } from "../users.ts";

/** `login/NAME`: logs in as `vault login -method=userpass` does. */
export function loginUserPath(memory: MountMemory): Path {
  return path("login/:username", {
    summary: "Log in with a password.",
    unauthenticated: true,
    fields: {
      username: t.name({ description: "Name of the user; upper and lower case are the same." }),
      password: t.string({ default: "", description: "The password." }),
    },

    update: (context) => logInUser(context.fields, memory, context),

    aliasLookahead: ({ fields }) => userName(fields.username),
  });
}
