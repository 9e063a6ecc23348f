import { entries, list, type Path, path, type TokenParameterSet, type TokenParameters, t } from "@vaultwright/core";

/** What a token must say for a role, and what its login gets. */
export interface Role {
  readonly userClaim: string;
  readonly boundClaims: Readonly<Record<string, string>>;
  readonly token: TokenParameters;
}

/** Where the roles are stored. */
export const roles = entries<Role>("role/");

/** `role`: the names of the roles. */
export const rolesPath = path("role", {
  summary: "List the roles.",
  fields: {},
  list: async ({ storage }) => list(await roles.list(storage)),
});

/** `role/NAME`: one role. */
export function rolePath(parameters: TokenParameterSet): Path {
  return path("role/:name", {
    summary: "Say which tokens may log in as what.",
    fields: parameters.addTo({
      name: t.name({ description: "Name of the role." }),
      user_claim: t.string({ default: "sub", description: "The claim that names the user." }),
      bound_claims: t.pairs({ default: {}, description: "Claims that a token must have, with their values." }),
    }),

    async read({ fields, storage }) {
      const role = await roles.get(storage, fields.name);
      if (!role) return undefined;
      const { userClaim, boundClaims, token } = role;
      return { data: { user_claim: userClaim, bound_claims: boundClaims, ...parameters.toData(token) } };
    },

    async update({ fields, storage }) {
      const { name, user_claim: userClaim, bound_claims: boundClaims, ...token } = fields;
      await roles.put(storage, name, { userClaim, boundClaims, token: parameters.parse(token) });
    },

    delete: ({ fields, storage }) => roles.delete(storage, fields.name),
  });
}
