import { entry, path, type Storage, t, UserError } from "@vaultwright/core";

/** How the engine reaches the service, and as whom. */
export interface Config {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** A password that may be the account's already: a rotation notes it before it asks the service to change. */
  readonly nextPassword?: string;
}

/** Where the settings are stored. */
export const storedConfig = entry<Config>("config", { sealWrap: true });

/** Reads the settings; that there are none is the caller's to repair. */
export async function readConfig(storage: Storage): Promise<Config> {
  const config = await storedConfig.get(storage);
  if (!config) throw new UserError("nothing is configured yet: write to config first");
  return config;
}

/** `config`: the service, and the account that manages the others. */
export const configPath = path("config", {
  summary: "Say which service it is, and who manages its accounts.",
  fields: {
    url: t.string({ required: true, description: "Address of the service." }),
    username: t.string({ required: true, description: "Name of the account that manages the others." }),
    password: t.string({ required: true, description: "Its password, which cannot be read back." }),
  },

  async read({ storage }) {
    const config = await storedConfig.get(storage);
    return config && { data: { url: config.url, username: config.username } };
  },

  async update({ fields, storage }) {
    if (!URL.canParse(fields.url)) throw new UserError("url is no address");
    await storedConfig.put(storage, fields);
  },

  delete: ({ storage }) => storedConfig.delete(storage),
});
