import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import type { Field } from "./field.ts";
import { t } from "./kinds.ts";

/** How tokens of the plugin's own identity are made, which Vault signs on demand (`system.identityToken`). */
export interface IdentityTokenParameters {
  readonly audience: string;
  /** Lifetime in seconds; zero leaves it to the host. */
  readonly ttl: number;
}

const fields: {
  readonly identity_token_audience: Field<string | undefined>;
  readonly identity_token_ttl: Field<number | undefined>;
} = {
  identity_token_audience: t.string({ description: "Audience of the plugin's identity tokens." }),
  identity_token_ttl: t.seconds({ description: "Lifetime of the plugin's identity tokens." }),
};

/** The `identity_token_*` parameters of a configuration that has Vault vouch for the plugin. */
export const identityTokenParameters: {
  readonly fields: typeof fields;
  /** Parameters of which none was given. */
  readonly none: IdentityTokenParameters;
  /** Changes what a request gives. */
  parse(
    given: { readonly identity_token_audience?: string | undefined; readonly identity_token_ttl?: number | undefined },
    current?: IdentityTokenParameters,
  ): IdentityTokenParameters;
  /** What a read of the configuration shows. */
  toData(parameters: IdentityTokenParameters): Data;
} = {
  fields,
  none: { audience: "", ttl: 0 },
  parse: ({ identity_token_audience: audience, identity_token_ttl: ttl }, current = identityTokenParameters.none) => ({
    ...current,
    ...present({ audience, ttl }),
  }),
  toData: ({ audience, ttl }) => ({ identity_token_audience: audience, identity_token_ttl: ttl }),
};
