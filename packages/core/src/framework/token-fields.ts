import type { Field } from "./field.ts";
import { t } from "./kinds.ts";

type Optional<T> = Field<T | undefined>;

/** The fields of the token parameters, with no defaults: what a request leaves out keeps its value. */
export const tokenFields: {
  readonly token_bound_cidrs: Optional<readonly string[]>;
  readonly token_explicit_max_ttl: Optional<number>;
  readonly token_max_ttl: Optional<number>;
  readonly token_no_default_policy: Optional<boolean>;
  readonly token_num_uses: Optional<number>;
  readonly token_period: Optional<number>;
  readonly token_policies: Optional<readonly string[]>;
  readonly token_ttl: Optional<number>;
  readonly token_type: Optional<string>;
} = {
  token_bound_cidrs: t.commaStrings({ description: "Addresses and CIDR blocks from which the tokens may be used." }),
  token_explicit_max_ttl: t.seconds({
    description: "Hard end of a token's life, which later changes of the role or the mount do not move.",
  }),
  token_max_ttl: t.seconds({ description: "Longest lifetime that a token can reach by renewal." }),
  token_no_default_policy: t.bool({ description: "Whether tokens are made without the policy `default`." }),
  token_num_uses: t.int({ description: "How many times a token may be used; zero means any number." }),
  token_period: t.seconds({
    description: "Makes tokens periodic: each renewal gives them this lifetime again, without a maximum.",
  }),
  token_policies: t.commaStrings({ description: "Policies of the tokens." }),
  token_ttl: t.seconds({ description: "Lifetime that a token starts with." }),
  token_type: t.string({ description: "Type of the tokens: service, batch, or default for the mount's own." }),
};
