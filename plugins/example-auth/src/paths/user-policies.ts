import { type Path, path, t, UserError } from "@vaultwright/core";
import type { MountMemory } from "../mount-memory.ts";
import { oldNameFields } from "../old-names.ts";
import { changedToken, users } from "../users.ts";

/** `users/NAME/policies`: changes policies, for callers who may change nothing else. */
export function userPoliciesPath({ parameters, changes }: MountMemory): Path {
  return path("users/:name/policies", {
    summary: "Change the policies of a user.",
    fields: {
      name: t.name({ description: "Name of the user." }),
      token_policies: parameters.fields.token_policies,
      policies: oldNameFields.policies,
    },

    async update({ fields: { name, ...policies }, storage, signal }) {
      if (!policies.token_policies && !policies.policies) throw new UserError("missing token_policies");
      const change = async () => {
        const user = await users.get(storage, name);
        if (!user) throw new UserError("username does not exist");
        await users.put(storage, name, { ...user, ...changedToken(parameters, policies, user) });
      };
      await changes.exclusive(users.keyOf(name), change, { signal });
    },
  });
}
