import { allowed } from "./coerce/allowed.ts";
import { Refusal } from "./coerce/refusal.ts";
import type { DisplayAttributes } from "./display.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** Kinds of field. */
export type FieldKind =
  | "string"
  | "lower-case-string"
  | "name"
  | "name-with-at"
  | "int"
  | "int64"
  | "bool"
  | "map"
  | "seconds"
  | "signed-seconds"
  | "list"
  | "strings"
  | "comma-strings"
  | "comma-ints"
  | "pairs"
  | "header"
  | "float"
  | "time"
  | "one-of";

/** What a field says of itself beside its kind: `D` is what a default is written as, `A` what its values are limited to. */
export interface FieldOptions<out D, out A = unknown> {
  /** Shown in help and in API documents. */
  readonly description?: string;
  /** The value of a field that the request leaves out, in every operation but `patch`. */
  readonly default?: D;
  /** Whether a write without this field is refused. */
  readonly required?: boolean;
  /** The only values that it takes; of a list, its elements. */
  readonly allowedValues?: readonly A[];
  readonly deprecated?: boolean;
  /** Hints for user interfaces. */
  readonly display?: DisplayAttributes;
  /** Whether API documents put it into the query where a request has no body; requests are read the same either way. */
  readonly query?: boolean;
}

/** What a kind of field is: its names, its pattern in a path and how it reads a value. */
export interface FieldSpecification<T> {
  readonly kind: FieldKind;
  /** What help calls it. */
  readonly helpName: string;
  /** The only values that it takes; of a list, its elements. */
  readonly values?: readonly unknown[];
  /** What a parameter of this kind matches in a path, as a regular expression that Go and JavaScript read alike. */
  readonly pattern?: string;
  /** Reads a value; nothing means that the value counts as not given. Throws `Refusal`. */
  coerce(raw: unknown): T | undefined;
}

/** A field whose value is `T` in a write and `Q` in any other operation, where nothing is required. */
export interface Field<out T, out Q = T> {
  readonly specification: FieldSpecification<unknown>;
  readonly options: FieldOptions<unknown>;
  /** Reads a value of a request, or of nothing; what cannot be read is thrown as `Refusal`. */
  parse(raw: unknown): T | Q | undefined;
  /** The value of a field that a request leaves out. */
  fallback(): T | Q | undefined;
  readonly "~standard": StandardSchema<T>;
  readonly "~types"?: { readonly write: T; readonly query: Q };
}

/** The field that options make of a kind whose values are `T`. */
export type Made<T, O> = O extends { readonly default: NonNullable<unknown> }
  ? Field<T>
  : O extends { readonly required: true }
    ? Field<T, T | undefined>
    : Field<T | undefined>;

/** Fields by name. */
export type Fields = { readonly [name: string]: Field<unknown> };

/** The value of a field in a write. */
export type ValueOf<F> = F extends Field<infer T, infer _Q> ? T : never;

/** The value of a field in any other operation. */
export type QueryOf<F> = F extends Field<infer _T, infer Q> ? Q : never;

/** Makes a field of a kind. */
export function makeField<T, O extends FieldOptions<unknown>>(
  kind: FieldSpecification<T>,
  options: O,
): Field<T | undefined> {
  const specification = limited(kind, options.allowedValues);
  const fallback = () => (options.default === undefined ? undefined : specification.coerce(options.default));
  const parse = (raw: unknown) => (raw === undefined ? undefined : specification.coerce(raw)) ?? fallback();
  return { specification, options, fallback, parse, "~standard": standard(options, parse) };
}

function limited<T>(kind: FieldSpecification<T>, values: readonly unknown[] | undefined): FieldSpecification<T> {
  return values === undefined ? kind : { ...kind, values, coerce: allowed((raw) => kind.coerce(raw), values) };
}

function standard<T>(options: FieldOptions<unknown>, parse: (raw: unknown) => T): StandardSchema<T> {
  return {
    version: 1,
    vendor: "vaultwright",
    validate(value) {
      try {
        const parsed = parse(value);
        if (parsed === undefined && options.required) return { issues: [{ message: "missing required field" }] };
        return { value: parsed };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { issues: [{ message: error.message }] };
      }
    },
  };
}
