import { entries, list, nameTemplate, path, type Storage, t, UserError } from "@vaultwright/core";

/** What the accounts of a role are like. Durations are seconds; zero leaves them to the mount. */
export interface Role {
  readonly ttl: number;
  readonly max_ttl: number;
  readonly username_template: string;
}

/** Where the roles are stored. */
export const roles = entries<Role>("role/");

/** Reads a role that must be there. */
export async function roleNamed(name: string, storage: Storage): Promise<Role> {
  const role = await roles.get(storage, name);
  if (!role) throw new UserError(`there is no role "${name}"`);
  return role;
}

/** `roles`: the names of the roles. */
export const rolesPath = path("roles", {
  summary: "List the roles.",
  fields: {},
  list: async ({ storage }) => list(await roles.list(storage)),
});

/** `roles/NAME`: one role. */
export const rolePath = path("roles/:name", {
  summary: "Say how long accounts live.",
  fields: {
    name: t.name({ description: "Name of the role." }),
    ttl: t.seconds({ default: 0, description: "How long an account lives unless its lease is renewed." }),
    max_ttl: t.seconds({ default: 0, description: "How long an account lives at most." }),
    username_template: t.string({
      default: "v-{{ .DisplayName | truncate 8 }}-{{ .RoleName | truncate 8 }}-{{ random 12 }}",
      description: "How the names of accounts are made.",
    }),
  },

  async read({ fields, storage }) {
    const role = await roles.get(storage, fields.name);
    return role && { data: role };
  },

  async update({ fields: { name, ...role }, storage }) {
    if (role.max_ttl > 0 && role.ttl > role.max_ttl) throw new UserError("ttl is longer than max_ttl");
    nameTemplate(role.username_template);
    await roles.put(storage, name, role);
  },

  delete: ({ fields, storage }) => roles.delete(storage, fields.name),
});
