import { type Path, path, t, UserError } from "@vaultwright/core";
import type { MountMemory } from "../mount-memory.ts";
import { userName, users } from "../users.ts";

/** `users/NAME/password`: changes a password, for callers who may change nothing else. */
export function userPasswordPath({ passwords, throttle, changes }: MountMemory): Path {
  return path("users/:name/password", {
    summary: "Change the password of a user.",
    description: "Also unlocks a user who is locked out.",
    fields: {
      name: t.name({ description: "Name of the user." }),
      password: t.string({ required: true, description: "The new password." }),
    },

    async update({ fields: { name, password }, storage, signal }) {
      const passwordHash = await passwords.hash(password, signal);
      const change = async () => {
        const user = await users.get(storage, name);
        if (!user) throw new UserError("username does not exist");
        await users.put(storage, name, { ...user, passwordHash });
      };
      await changes.exclusive(users.keyOf(name), change, { signal });
      throttle.clear(userName(name));
    },
  });
}
