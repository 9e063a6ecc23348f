import type { Present } from "../logical/present.ts";
import type { Fields, QueryOf, ValueOf } from "./field.ts";

type Unmarked<Name extends string> = Name extends `${infer Bare}+` | `${infer Bare}*` | `${infer Bare}?` ? Bare : Name;

/** The names of the groups of an expression in Go's spelling. */
type Groups<P extends string> = P extends `${string}(?P<${infer Name}>${infer Rest}` ? Name | Groups<Rest> : never;

/** The names of the parts that begin with a colon. */
type Parts<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Unmarked<Name> | Parts<Tail>
    : Unmarked<Rest>
  : never;

/** The names of the parameters of a pattern: `"name" | "version"` for `keys/:name/:version?`, and for Go's `(?P<name>.+)`. */
export type Params<P extends string | RegExp> = P extends `${string}(?P<${string}`
  ? Groups<P>
  : P extends string
    ? Parts<P>
    : never;

/**
 * What a write sees: required and defaulted fields are present. A field without a value is no member at all, so that
 * values can be stored or spread as they are.
 */
export type Values<P extends string | RegExp, F extends Fields> = Present<{
  readonly [K in keyof F]: K extends Params<P> ? NonNullable<ValueOf<F[K]>> : ValueOf<F[K]>;
}>;

/** What a read, a delete or a list sees: parameters and defaulted fields are present. */
export type Queries<P extends string | RegExp, F extends Fields> = Present<{
  readonly [K in keyof F]: K extends Params<P> ? NonNullable<QueryOf<F[K]>> : QueryOf<F[K]>;
}>;

/** What a patch sees: any field but the parameters may be absent, or `null` to clear it. */
export type Patches<P extends string | RegExp, F extends Fields> = Present<{
  readonly [K in keyof F]: K extends Params<P>
    ? NonNullable<ValueOf<F[K]>>
    : NonNullable<ValueOf<F[K]>> | null | undefined;
}>;
