import type { HeaderMap } from "../logical/headers.ts";
import { boolean } from "./coerce/boolean.ts";
import { seconds, signedSeconds } from "./coerce/duration.ts";
import { float } from "./coerce/float.ts";
import { header } from "./coerce/header.ts";
import { int64, integer } from "./coerce/integer.ts";
import { commaInts, commaStrings, list, strings } from "./coerce/list.ts";
import { map } from "./coerce/map.ts";
import { pairs } from "./coerce/pairs.ts";
import { lowerCaseText, name, nameWithAt, oneOf, text } from "./coerce/text.ts";
import { time } from "./coerce/time.ts";
import { type FieldKind, type FieldOptions, type FieldSpecification, type Made, makeField } from "./field.ts";

/** Makes fields of one kind; `D` is what a default may be written as, `A` what `allowedValues` may hold. */
export type Builder<T, D = T, A = never> = <const O extends FieldOptions<D, A> = Record<never, never>>(
  options?: O,
) => Made<T, O>;

/** Makes fields that take one of some texts. */
export type OneOfBuilder = <
  const V extends string,
  const O extends FieldOptions<NoInfer<V>, never> = Record<never, never>,
>(
  values: readonly V[],
  options?: O,
) => Made<V, O>;

/** The kinds of field. */
export interface Kinds {
  readonly string: Builder<string>;
  /** Text, given in lower case. */
  readonly lowerCaseString: Builder<string, string, string>;
  /** Word characters, and inside of the name also `-` and `.`. */
  readonly name: Builder<string>;
  /** A name that may also have `@` inside. */
  readonly nameWithAt: Builder<string>;
  /** An integer; beyond 2^53 the nearest that a double holds. */
  readonly int: Builder<number, number, number>;
  /** An integer of 64 bits with all its digits. */
  readonly int64: Builder<bigint, bigint | number, bigint>;
  readonly bool: Builder<boolean>;
  /** A JSON object as it came. */
  readonly map: Builder<Readonly<Record<string, unknown>>>;
  /** A duration in whole seconds, from a number or a text such as `90`, `1h30m` or `7d`; not negative. */
  readonly seconds: Builder<number, number | string, number>;
  /** A duration as `seconds` reads it, which may be negative. */
  readonly signedSeconds: Builder<number, number | string, number>;
  /** A list of anything; a single value is a list of one. */
  readonly list: Builder<readonly unknown[]>;
  /** A list of texts; a single value is a list of one. */
  readonly strings: Builder<readonly string[], readonly string[], string>;
  /** A list of texts, or one text with commas between them. */
  readonly commaStrings: Builder<readonly string[], readonly string[] | string, string>;
  /** A list of integers, or one text with commas between them. */
  readonly commaInts: Builder<readonly number[], readonly number[] | string, number>;
  /** Texts by name, from an object or from texts of the form `name=value`. */
  readonly pairs: Builder<Readonly<Record<string, string>>, Readonly<Record<string, string>> | readonly string[]>;
  /** HTTP headers. */
  readonly header: Builder<HeaderMap, Readonly<Record<string, string | readonly string[]>>>;
  readonly float: Builder<number, number, number>;
  /** A moment, from text as in RFC 3339 or seconds since 1970 as text. */
  readonly time: Builder<Date, string>;
  /** One of the given texts. */
  readonly oneOf: OneOfBuilder;
}

const namePattern = "\\w(([\\w-.]+)?\\w)?";
const nameWithAtPattern = "\\w(([\\w-.@]+)?\\w)?";

/** The kinds of field, for instance `t.string({ required: true })`. */
export const t: Kinds = {
  string: builder("string", "string", text),
  lowerCaseString: builder("lower-case-string", "lowercase string", lowerCaseText),
  name: builder("name", "name string", name, namePattern),
  nameWithAt: builder("name-with-at", "string", nameWithAt, nameWithAtPattern),
  int: builder("int", "int", integer),
  int64: builder("int64", "int64", int64),
  bool: builder("bool", "bool", boolean),
  map: builder("map", "map", (raw) => map(raw) ?? {}),
  seconds: builder("seconds", "duration (sec)", seconds),
  signedSeconds: builder("signed-seconds", "duration (sec)", signedSeconds),
  list: builder("list", "slice", list),
  strings: builder("strings", "slice", strings),
  commaStrings: builder("comma-strings", "slice", commaStrings),
  commaInts: builder("comma-ints", "slice", commaInts),
  pairs: builder("pairs", "keypair", (raw) => pairs(raw) ?? {}),
  header: builder("header", "header", header),
  float: builder("float", "float", float),
  time: builder("time", "time", time),
  oneOf: (values, options) =>
    made(makeField({ kind: "one-of", helpName: "string", values, coerce: oneOf(values) }, options ?? {})),
};

function builder<T>(
  kind: FieldKind,
  helpName: string,
  coerce: (raw: unknown) => T | undefined,
  pattern?: string,
): Builder<T, never> {
  const specification: FieldSpecification<T> = {
    kind,
    helpName,
    coerce,
    ...(pattern === undefined ? {} : { pattern }),
  };
  return (options) => made(makeField(specification, options ?? {}));
}

/**
 * Gives a field the type that its options earn: with a default or `required`, dispatch never lets a write see it
 * absent, which no type of `makeField` can say because it does not know the options' type.
 */
function made<T, O>(field: unknown): Made<T, O> {
  return field as Made<T, O>;
}
