import { type Path, path, t, UserError } from "@vaultwright/core";
import { logInShared, logInUser } from "../log-in.ts";
import type { MountMemory } from "../mount-memory.ts";
import { userName } from "../users.ts";

/** `login`: logs in with a user name in the body, or without one by the shared secret. */
export function loginPath(memory: MountMemory): Path {
  return path("login", {
    summary: "Log in with a user name and a password, or with the shared secret alone.",
    unauthenticated: true,
    fields: {
      username: t.name({ description: "Name of the user; left out, the password is the shared secret." }),
      password: t.string({ default: "", description: "The password." }),
    },

    update(context) {
      const { username, password } = context.fields;
      if (username === undefined) return logInShared(password, memory, context);
      return logInUser({ username, password }, memory, context);
    },

    // The server asks for the alias before a login where it counts failures itself, and then by this name.
    aliasLookahead({ fields: { username } }) {
      if (username === undefined) throw new UserError("missing username");
      return userName(username);
    },

    // Asked where the mount has quotas for roles: the user is the role. The server knows this path only, so a login at
    // `login/NAME` counts for no role.
    resolveRole: ({ fields: { username } }) => username && userName(username),
  });
}
