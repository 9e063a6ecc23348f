import type { Host } from "../logical/system-view.ts";
import { DefinitionError } from "./definition-error.ts";
import type { Field, Fields } from "./field.ts";
import { t } from "./kinds.ts";

type Optional<T> = Field<T | undefined>;

/** The fields of the token parameters, with no defaults: what a request leaves out keeps its value. */
// No interface, because those are not taken for fields by name.
export type TokenFields = {
  readonly token_bound_cidrs: Optional<readonly string[]>;
  readonly token_explicit_max_ttl: Optional<number>;
  readonly token_max_ttl: Optional<number>;
  readonly token_no_default_policy: Optional<boolean>;
  readonly token_num_uses: Optional<number>;
  readonly token_period: Optional<number>;
  readonly token_policies: Optional<readonly string[]>;
  /** OpenBao only. */
  readonly token_strictly_bind_ip?: Optional<boolean>;
  readonly token_ttl: Optional<number>;
  readonly token_type: Optional<string>;
};

/** Makes the fields that a host's own auth methods have. */
export function tokenFields({ kind }: Pick<Host, "kind">): TokenFields {
  return {
    token_bound_cidrs: t.commaStrings({
      description:
        "Addresses and CIDR blocks from which the tokens may be used, as a list or with commas between them.",
      display: {
        ...shown("Generated Token's Bound CIDRs"),
        description: "Addresses and CIDR blocks from which the tokens may be used.",
      },
    }),
    token_explicit_max_ttl: t.seconds({
      description: "Hard end of a token's life, which later changes of the role or the mount do not move.",
      display: shown("Generated Token's Explicit Maximum TTL"),
    }),
    token_max_ttl: t.seconds({
      description: "Longest lifetime that a token can reach by renewal.",
      display: shown("Generated Token's Maximum TTL"),
    }),
    token_no_default_policy: t.bool({
      description: "Whether tokens are made without the policy `default`.",
      display: shown("Do Not Attach 'default' Policy To Generated Tokens"),
    }),
    token_num_uses: t.int({
      description: "How many times a token may be used; zero means any number.",
      display: shown("Maximum Uses of Generated Tokens"),
    }),
    token_period: t.seconds({
      description: "Makes tokens periodic: each renewal gives them this lifetime again, without a maximum.",
      display: shown("Generated Token's Period"),
    }),
    token_policies: t.commaStrings({
      description: "Policies of the tokens, as a list or with commas between them.",
      display: { ...shown("Generated Token's Policies"), description: "Policies of the tokens." },
    }),
    ...(kind === "openbao" && { token_strictly_bind_ip: strictlyBindIp() }),
    token_ttl: t.seconds({
      description: "Lifetime that a token starts with.",
      display: shown("Generated Token's Initial TTL"),
    }),
    token_type: tokenType(),
  };
}

/** Adds the token fields, or those with these names, to a path's own; a name that both have is refused. */
export function withTokenFields<const F extends Fields, const N extends keyof TokenFields>(
  own: F,
  tokens: TokenFields,
  names?: readonly N[],
): F & Pick<TokenFields, N> {
  const chosen = Object.entries(tokens).filter(([name]) => !names || names.some((one) => one === name));
  const clash = chosen.find(([name]) => Object.hasOwn(own, name));
  if (clash) throw new DefinitionError(`adding role field ${clash[0]} would overwrite existing field`);
  // The fields of these names have just been chosen, which is what the type says.
  return { ...own, ...(Object.fromEntries(chosen) as Pick<TokenFields, N>) };
}

function strictlyBindIp(): Optional<boolean> {
  return t.bool({
    description: "Whether a token may be used from the address of its login only.",
    display: shown("Strictly bind to the source IP address"),
  });
}

/** Documents show a default that no request gets: hosts refuse it when it is sent. */
function tokenType(): Optional<string> {
  const field: Optional<string> = t.string({
    description: "Type of the tokens: service, batch, or default for the mount's own.",
    display: shown("Generated Token's Type"),
  });
  return { ...field, options: { ...field.options, default: "default-service" } };
}

function shown(name: string): { readonly name: string; readonly group: "Tokens" } {
  return { name, group: "Tokens" };
}
