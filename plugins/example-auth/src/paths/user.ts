import { type Path, path, t, UserError } from "@vaultwright/core";
import type { MountMemory } from "../mount-memory.ts";
import { oldNameFields, withOldNames } from "../old-names.ts";
import { changedToken, userName, users } from "../users.ts";

/** `users/NAME`: one user. Neither the password nor its hash can be read. */
export function userPath({ parameters, passwords, throttle, changes }: MountMemory): Path {
  return path("users/:name", {
    summary: "Create, read, change and delete a user.",
    description: "A change leaves what it does not name as it was. Tokens of a deleted user live on until their end.",
    fields: parameters.addTo({
      name: t.name({ description: "Name of the user; upper and lower case are the same." }),
      password: t.string({ description: "Password. Needed for a new user, and left out to keep the old one." }),
      ...oldNameFields,
    }),

    exists: async ({ fields, storage }) => (await users.get(storage, fields.name)) !== undefined,

    async read({ fields, storage }) {
      const user = await users.get(storage, fields.name);
      return user && { data: withOldNames(parameters.toData(user.token), user.oldNames) };
    },

    async write({ fields, storage, signal }) {
      const { name, password, ...token } = fields;
      const newHash = password === undefined ? undefined : await passwords.hash(password, signal);
      const change = async () => {
        const user = await users.get(storage, name);
        const passwordHash = newHash ?? user?.passwordHash;
        if (passwordHash === undefined) throw new UserError("missing password");
        await users.put(storage, name, { passwordHash, ...changedToken(parameters, token, user) });
      };
      await changes.exclusive(users.keyOf(name), change, { signal });
      if (newHash !== undefined) throttle.clear(userName(name));
    },

    async delete({ fields, storage }) {
      await changes.exclusive(users.keyOf(fields.name), () => users.delete(storage, fields.name));
      throttle.clear(userName(fields.name));
    },
  });
}
