import { entry, path, t, UserError } from "@vaultwright/core";

/** Whose tokens a mount accepts. */
export interface Config {
  readonly jwks_url: string;
  readonly issuer: string;
  readonly audience: string;
}

/** Where the settings are stored. */
export const storedConfig = entry<Config>("config");

/** `config`: whose tokens are accepted. */
export const configPath = path("config", {
  summary: "Say whose tokens are accepted.",
  fields: {
    jwks_url: t.string({ required: true, description: "Where the issuer publishes its public keys." }),
    issuer: t.string({ required: true, description: "The `iss` of its tokens." }),
    audience: t.string({ required: true, description: "The `aud` that means this server." }),
  },

  async read({ storage }) {
    const config = await storedConfig.get(storage);
    return config && { data: { ...config } };
  },

  async update({ fields, storage }) {
    if (!isTrustworthy(fields.jwks_url)) throw new UserError("jwks_url must begin with https://");
    await storedConfig.put(storage, fields);
  },
});

/** Whoever can change the answer on its way decides who may log in, so plain HTTP is for this machine only. */
function isTrustworthy(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "127.0.0.1");
}
