import { type Backend, type Context, entries, list, path, secretsEngine, t } from "@vaultwright/core";

interface Flag {
  readonly enabled: boolean;
}
const flags = entries<Flag>("flag/");

const all = path("flags", {
  summary: "List the flags.",
  fields: {},
  list: async ({ storage }) => list(await flags.list(storage)),
});

const one = path("flags/:name", {
  summary: "Turn a feature on or off.",
  fields: {
    name: t.name({ description: "Name of the flag." }),
    enabled: t.bool({ required: true, description: "Whether the feature is on." }),
  },

  async read({ fields, storage }) {
    const flag = await flags.get(storage, fields.name);
    return flag && { data: { ...flag } };
  },

  async update(context) {
    const { name, ...flag } = context.fields;
    await flags.put(context.storage, name, flag);
    announce("flags/write", name, context);
  },

  async delete(context) {
    await flags.delete(context.storage, context.fields.name);
    announce("flags/delete", context.fields.name, context);
  },
});

/** Tells the server's subscribers that a flag changed; nobody waits for it, and a server without events drops it. */
function announce(type: string, name: string, { events, request }: Context<unknown>): void {
  const path = `flags/${name}`;
  // Vault's own engines send these members, and filters of subscribers look for them.
  events.send(type, { metadata: { path, data_path: path, operation: request.operation, modified: "true" } });
}

/** Makes an engine that tells the server's subscribers of every change. */
export function flagsEngine(): Backend {
  return secretsEngine({ help: "Feature flags whose changes are events.", paths: [all, one] });
}
