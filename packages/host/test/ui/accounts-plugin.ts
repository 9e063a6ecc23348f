import { entries, entry, list, path, secret, secretsEngine, t, UserError } from "@vaultwright/core";
import type { FakePlugin } from "../fake-plugins.ts";

const roles = entries<{ access: string; ttl: number; labels: readonly string[] }>("role/");
const config = entry<{ url: string; password: string }>("config");

const account = secret("account", {
  internal: { username: t.string({ required: true }) },
  renew: async () => ({ ttl: 600 }),
  revoke: async ({ internal, log }) => log.info("account deleted", { username: internal.username }),
});

const configPath = path("config", {
  summary: "Say which service it is, and who manages its accounts.",
  fields: {
    url: t.string({ required: true, description: "Address of the service." }),
    password: t.string({
      required: true,
      description: "Password of the account that manages the others.",
      display: { sensitive: true },
    }),
  },
  async read({ storage }) {
    const found = await config.get(storage);
    return found && { data: { url: found.url } };
  },
  async update({ fields, storage, log }) {
    await config.put(storage, fields);
    log.info("configured", { url: fields.url });
  },
});

const rolePath = path("roles/:name", {
  summary: "Say how long accounts live, and what they may do.",
  fields: {
    name: t.name({ description: "Name of the role." }),
    access: t.oneOf(["read", "write"], { required: true, description: "What its accounts may do." }),
    ttl: t.seconds({ default: 600, description: "How long an account lives unless its lease is renewed." }),
    labels: t.strings({ default: [], description: "What the service shows beside the account." }),
  },
  async read({ fields, storage }) {
    const role = await roles.get(storage, fields.name);
    return role && { data: { ...role } };
  },
  async update({ fields: { name, ...role }, storage, log }) {
    if (role.ttl < 60) throw new UserError("ttl is shorter than a minute");
    await roles.put(storage, name, role);
    log.info("role written", { role: name });
  },
  delete: ({ fields, storage }) => roles.delete(storage, fields.name),
});

const rolesPath = path("roles", {
  summary: "List the roles.",
  fields: {},
  list: async ({ storage }) => list(await roles.list(storage)),
});

const credsPath = path("creds/:role", {
  summary: "Make an account.",
  fields: { role: t.name({ description: "Name of the role." }) },
  async read({ fields, storage, log }) {
    const role = await roles.get(storage, fields.role);
    if (role === undefined) throw new UserError(`unknown role: ${fields.role}`);
    log.debug("making an account", { role: fields.role });
    const username = `v-${fields.role}-7f3a`;
    return account.issue({ data: { username, access: role.access }, internal: { username }, ttl: role.ttl });
  },
});

const engine = secretsEngine({
  help: "Hands out accounts of a service under leases.",
  paths: [configPath, rolePath, rolesPath, credsPath],
  secrets: [account],
});

/** A secrets engine with what the page has to show: required and sensitive fields, choices, leases and a log. */
export const accountsPlugin: FakePlugin = { version: "v1.4.0", factory: () => engine };
