import { type Data, deprecationText, type Field, type TokenFieldValues, t } from "@vaultwright/core";

/**
 * Older names of four token parameters. The servers' own methods had them before the names began with `token_`, and
 * scripts still use them. A plugin without such a past has no need of this file.
 */
export const oldNames = ["bound_cidrs", "max_ttl", "policies", "ttl"] as const;

/** An older name of a token parameter. */
export type OldName = (typeof oldNames)[number];

/** The fields of the older names. */
export const oldNameFields: {
  readonly bound_cidrs: Field<readonly string[] | undefined>;
  readonly max_ttl: Field<number | undefined>;
  readonly policies: Field<readonly string[] | undefined>;
  readonly ttl: Field<number | undefined>;
} = {
  bound_cidrs: t.commaStrings(replacedBy("token_bound_cidrs")),
  max_ttl: t.seconds(replacedBy("token_max_ttl")),
  policies: t.commaStrings(replacedBy("token_policies")),
  ttl: t.seconds(replacedBy("token_ttl")),
};

/** The values of the older names, and of those that replace them. */
export interface NamedTwice extends TokenFieldValues {
  readonly bound_cidrs?: readonly string[] | undefined;
  readonly max_ttl?: number | undefined;
  readonly policies?: readonly string[] | undefined;
  readonly ttl?: number | undefined;
}

/** Gives a request's token fields under their present names; where both are given, the present one counts. */
export function underPresentNames(fields: NamedTwice): TokenFieldValues {
  return {
    ...fields,
    token_bound_cidrs: fields.token_bound_cidrs ?? fields.bound_cidrs,
    token_max_ttl: fields.token_max_ttl ?? fields.max_ttl,
    token_policies: fields.token_policies ?? fields.policies,
    token_ttl: fields.token_ttl ?? fields.ttl,
  };
}

/** Says which older names a read shows after a request: one that is used, until only its replacement is. */
export function shownOldNames(fields: NamedTwice, before: readonly OldName[]): readonly OldName[] {
  return oldNames.filter(
    (name) => fields[name] !== undefined || (before.includes(name) && fields[`token_${name}`] === undefined),
  );
}

/** Adds the older names to what a read shows. */
export function withOldNames(data: Data, shown: readonly OldName[]): Data {
  return { ...data, ...Object.fromEntries(shown.map((name) => [name, data[`token_${name}`]])) };
}

function replacedBy(name: string): { readonly deprecated: true; readonly description: string } {
  return {
    deprecated: true,
    description: deprecationText(name),
  };
}
